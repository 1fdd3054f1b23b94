import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import styles from './disclosure.module.css';
import type { IconName } from './icon.models.ts';
import { Icon } from './icon.tsx';

type Props = {
  label: string;
  children: ReactNode;
  icon?: IconName;
  /** Something is chosen inside. */
  active?: boolean;
  side?: 'start' | 'end';
  /** On a narrow screen only its icon is seen. */
  folds?: boolean;
};

/** A button that opens a small panel under itself; Esc and a press elsewhere close it. */
export function Disclosure({
  label,
  children,
  icon,
  active = false,
  side = 'start',
  folds,
}: Props) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return undefined;
    const outside = (event: Event) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);
  return (
    // Esc reaches it from whatever has the focus inside.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      ref={root}
      className={styles['root']}
      onKeyDown={(event) => {
        if (!open || event.key !== 'Escape') return;
        event.stopPropagation();
        setOpen(false);
        button.current?.focus();
      }}
    >
      <button
        ref={button}
        type="button"
        className={styles['button']}
        data-active={active || undefined}
        data-folds={folds}
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => setOpen(!open)}
      >
        {icon && <Icon name={icon} />}
        <span className={styles['label']}>{label}</span>
        <Icon name="chevronDown" />
      </button>
      {open && (
        <div id={id} className={styles['panel']} data-side={side}>
          {children}
        </div>
      )}
    </div>
  );
}
