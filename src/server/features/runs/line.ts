import type { After } from '../../platform/after.ts';

type Needs = {
  look: () => Promise<void>;
  /** Told of every look that failed. */
  onFailure: (error: unknown) => void;
  after: After;
};

const shortest = 200;
const longest = 10_000;

/** Looks at the queue one after another; after a failure again by itself, later each time. */
export function createLine({ look, onFailure, after }: Needs) {
  let line: Promise<void> = Promise.resolve();
  let failures = 0;
  let callOff: () => void = () => undefined;

  const again = (): void => {
    callOff();
    callOff = after(Math.min(shortest * 2 ** failures, longest), next);
    failures += 1;
  };
  const lookOnce = async (): Promise<void> => {
    try {
      await look();
    } catch (error) {
      onFailure(error);
      again();
    }
  };
  const next = (): void => {
    line = line.then(lookOnce);
  };

  return {
    /** Looks after whatever is being looked at now. */
    next,
    /** Looks later: something failed that may work by then. */
    again,
    /** The trouble is over. */
    well: (): void => {
      failures = 0;
    },
    /** Ends after the look that is going on. */
    stop: async (): Promise<void> => {
      await line;
      callOff();
    },
  };
}
