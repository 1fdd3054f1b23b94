import { type ReactNode, useId, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import styles from './tip.module.css';

type Place = { left: number; top: number };

/**
 * More about what it surrounds, on hover and on focus; Esc takes it away (WCAG 1.4.13). Nothing is
 * made before it is asked for, so that a table may hold thousands.
 */
export function Tip({ children, lines }: { children: ReactNode; lines: () => readonly string[] }) {
  const [place, setPlace] = useState<Place | null>(null);
  const anchor = useRef<HTMLButtonElement>(null);
  const id = useId();
  const show = () => {
    const box = anchor.current?.getBoundingClientRect();
    if (box) setPlace({ left: box.left, top: box.bottom });
  };
  const hide = () => setPlace(null);
  return (
    <button
      ref={anchor}
      type="button"
      className={styles['anchor']}
      aria-describedby={place === null ? undefined : id}
      onMouseEnter={show}
      onMouseLeave={hide}
      onFocus={show}
      onBlur={hide}
      onKeyDown={(event) => event.key === 'Escape' && hide()}
    >
      {children}
      {place !== null && <Bubble id={id} place={place} lines={lines()} />}
    </button>
  );
}

/** Under the anchor, and inside the window: a bubble at the right edge grows to the left. */
function Bubble({ id, place, lines }: { id: string; place: Place; lines: readonly string[] }) {
  const atRight = place.left > window.innerWidth / 2;
  const side = atRight ? { right: window.innerWidth - place.left - 80 } : { left: place.left };
  const low = place.top > window.innerHeight - 80;
  const level = low ? { bottom: window.innerHeight - place.top + 24 } : { top: place.top + 4 };
  return createPortal(
    <span id={id} role="tooltip" className={styles['bubble']} style={{ ...side, ...level }}>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </span>,
    document.body,
  );
}
