import { type ReactNode, useId } from 'react';
import styles from './button.module.css';
import { classes } from './classes.ts';
import type { IconName } from './icon.models.ts';
import { Icon } from './icon.tsx';

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger';

export type ButtonProps = {
  /** A verb with its object: “Back up now”. */
  children: ReactNode;
  onClick?: () => void;
  look?: ButtonLook;
  size?: 'small';
  icon?: IconName;
  type?: 'button' | 'submit';
  /** Its act is under way: it stays in place and takes no second press. */
  pending?: boolean;
  /** Why it may not be pressed; it stays reachable, so that the reason can be read. */
  reason?: string | null;
  /** When `children` alone do not say it. */
  label?: string;
};

/** A button that says why when it cannot be pressed. */
export function Button(props: ButtonProps) {
  const { children, look = 'plain', size, label, reason = null } = props;
  const reasonId = useId();
  return (
    <>
      <button
        {...pressOf(props)}
        className={classes(styles['button'], styles[look], size && styles[size])}
        aria-label={label}
        aria-describedby={reason === null ? undefined : reasonId}
        title={reason ?? undefined}
      >
        <ButtonIcon {...props} />
        {children}
      </button>
      {reason !== null && (
        <span id={reasonId} className={styles['reason']}>
          {reason}
        </span>
      )}
    </>
  );
}

/** While idle it submits nothing and does nothing, but keeps its place in the order of the keyboard. */
function pressOf({ onClick, type = 'button', pending = false, reason = null }: ButtonProps) {
  const idle = pending || reason !== null;
  return {
    type: idle ? ('button' as const) : type,
    onClick: idle ? undefined : onClick,
    'aria-disabled': idle || undefined,
    'aria-busy': pending || undefined,
  };
}

function ButtonIcon({ pending = false, icon }: ButtonProps) {
  if (pending) return <Icon name="spin" spins />;
  return icon ? <Icon name={icon} /> : null;
}
