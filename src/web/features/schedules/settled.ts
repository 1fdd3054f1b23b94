import { useEffect, useState } from 'react';

const wait = 200;

/** The value once it has not changed for a moment: nobody is asked at every key. */
export function useSettled<T>(value: T): T {
  const text = JSON.stringify(value);
  const [settled, setSettled] = useState({ text, value });
  useEffect(() => {
    const timer = setTimeout(() => setSettled({ text, value }), wait);
    return () => clearTimeout(timer);
    // The same text is the same value.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [text]);
  return settled.value;
}
