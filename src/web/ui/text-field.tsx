import { type InputHTMLAttributes, useId, useState } from 'react';
import type * as z from 'zod/mini';
import { faultOf } from './field-fault.models.ts';
import styles from './text-field.module.css';

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'className'> & {
  label: string;
  /** The contract's, so that a fault is told before anything is sent. */
  rule?: z.core.$ZodType;
  /** What the server said against it. */
  fault?: string | undefined;
};

/**
 * A line of text with its label. A fault is told once the field is left, and goes while it is
 * corrected; nobody is told off while still typing the first time.
 */
export function TextField({ label, rule, fault, onBlur, onChange, ...input }: Props) {
  const [id, faultId] = [useId(), useId()];
  const [found, setFound] = useState<string | null>(null);
  const check = (text: string) =>
    setFound(rule === undefined || text === '' ? null : faultOf(rule, text));
  const told = found ?? fault ?? '';
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        aria-invalid={told !== '' || undefined}
        aria-describedby={faultId}
        onBlur={(event) => {
          check(event.target.value);
          onBlur?.(event);
        }}
        onChange={(event) => {
          if (found !== null) check(event.target.value);
          onChange?.(event);
        }}
      />
      <p id={faultId} aria-live="polite" className={styles['fault']}>
        {told}
      </p>
    </div>
  );
}
