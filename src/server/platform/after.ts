/** Does something in so many milliseconds; answers how to call it off. Tests pass time by hand. */
export type After = (milliseconds: number, act: () => void) => () => void;

export const afterTimeout: After = (milliseconds, act) => {
  const timer = setTimeout(act, milliseconds);
  return () => clearTimeout(timer);
};
