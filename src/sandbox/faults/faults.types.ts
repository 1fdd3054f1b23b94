/** What happens instead of, or to, a proper answer. */
export type Fault =
  /** An error of the API server. `retryAfter`: seconds, or `date` for an HTTP date one second ahead. */
  | { do: 'status'; status: number; retryAfter?: number | 'date'; message?: string }
  /** The connection is cut: before the answer, or after half of its body. */
  | { do: 'reset'; when: 'before' | 'middle' }
  /** Ends cleanly, but with half of the bytes that its length promised not to lack (chunked). */
  | { do: 'truncate' }
  /** Says nothing for so long, then answers as usual. */
  | { do: 'stall'; ms: number }
  /** The body dribbles: so many bytes every 10 ms. */
  | { do: 'slow'; bytes: number }
  /** 200 with a proxy's sign-in page. */
  | { do: 'html' }
  /** A byte that is not UTF-8 in the middle of the body. */
  | { do: 'invalid-utf8' }
  /** A watch that stays open and says nothing any more, not even bookmarks. */
  | { do: 'half-open' }
  /** Every event twice. */
  | { do: 'duplicate-events' }
  /** An ERROR event with this code, then the end of the watch. */
  | { do: 'error-event'; code: number };

export type FaultRule = {
  /** Matches the path with its query; a text matches when it is contained. */
  path: string | RegExp;
  method?: string;
  /** Only watches, or only what is none. */
  watch?: boolean;
  /** How often at most; default: always. */
  times?: number;
  /** How many matching requests pass before the first one is hit. */
  after?: number;
  /** 0 to 1, by the sandbox's seed; default 1. */
  probability?: number;
  fault: Fault;
};

/** Trouble on demand; every knob works at once, on running sandboxes. */
export type FaultKnobs = {
  /** Answers how to take the rule back. */
  add: (rule: FaultRule) => () => void;
  /** Takes back rules and prohibitions, sets the clock right, mends groups. */
  clear: () => void;
  /** How many requests rules have hit. */
  hits: () => number;
  /** All continue tokens handed out so far answer 410. */
  expireContinueTokens: () => void;
  /** History is gone: tokens, and watches from a past revision, answer 410. */
  compact: () => void;
  /** The token is refused from now on; answers the one that is valid instead. */
  expireToken: () => string;
  /** An aggregated API that discovery announces and whose calls answer 503. `stale`: without kinds. */
  breakGroup: (group: string, options?: { stale?: boolean }) => void;
  /** Deletes this CRD right after the next page of its objects. */
  deleteDefinitionWhileListing: (name: string) => void;
  /** Changes, deletes and adds objects of a kind after each page of it that is not the last. */
  mutateWhileListing: (plural: string) => void;
  /** 403 on these plurals, for the verbs given (default: all). */
  forbid: (plurals: readonly string[], verbs?: readonly string[]) => void;
  /** Shifts the Date header. Milliseconds. */
  skewClock: (ms: number) => void;
};
