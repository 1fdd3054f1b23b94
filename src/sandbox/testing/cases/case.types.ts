/** One request, sent to the sandbox and to a real API server; `$ns` stands for a namespace of its own. */
export type Case = {
  title: string;
  method?: string;
  path: string;
  body?: unknown;
  type?: string;
  accept?: string;
  /** Milliseconds to wait first, for controllers. */
  after?: number;
  /** Asked again, for half a minute at most, until the answer has this status. */
  until?: number;
  /** Compare status and reason only, where the texts cannot agree. */
  loose?: boolean;
};
