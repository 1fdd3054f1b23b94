import { useEffect, useState } from 'react';
import styles from './frames.module.css';

/** So long nobody wonders what it waits for. */
const patience = 2000;

/** The shape of what will come; after two seconds it says what it waits for. */
export function Loading({ waitsFor, rows = 3 }: { waitsFor: string; rows?: number }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), patience);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={styles['loading']} aria-busy="true">
      {Array.from({ length: rows }, (_, row) => (
        <span key={row} className={styles['bone']} />
      ))}
      <p role="status" className={styles['detail']}>
        {late ? `Waiting for ${waitsFor}` : ''}
      </p>
    </div>
  );
}
