/** The world around a command: the process in `main.ts`, plain objects in tests. */
export type Io = {
  env: Readonly<Record<string, string | undefined>>;
  /** The answer. */
  out: (text: string) => void;
  /** Progress, questions and errors. */
  err: (text: string) => void;
  /** Columns of the terminal that shows `err`; null: no terminal. */
  columns: number | null;
  /** Null: nobody is there to answer. */
  ask: ((question: string) => Promise<string>) | null;
  readStdin: () => Promise<string>;
  readFile: (path: string) => Promise<string>;
  now: () => Temporal.Instant;
  sleep: (milliseconds: number) => Promise<void>;
};
