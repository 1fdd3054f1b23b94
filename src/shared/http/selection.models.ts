import * as z from 'zod/mini';
import { described } from './described.ts';
import { kindName } from './schemas.ts';

/** What of the chosen namespaces a backup takes, or a restore brings back: the same words for both. */
export const selectionOfObjects = {
  kinds: described(
    z.optional(z.array(kindName).check(z.minLength(1), z.maxLength(1000))),
    'Only these kinds, such as deployments.apps; * matches any text',
  ),
  excludedKinds: described(
    z.optional(z.array(kindName).check(z.maxLength(1000))),
    'All but these kinds; * matches any text',
  ),
  labelSelector: described(
    z.optional(z.string().check(z.maxLength(4096))),
    'Only objects with these labels, as kubectl takes it: app=web,tier in (a,b),!legacy',
  ),
};

type Selection = {
  namespaces?: readonly string[] | undefined;
  excludedNamespaces?: readonly string[] | undefined;
  kinds?: readonly string[] | undefined;
  excludedKinds?: readonly string[] | undefined;
};

/**
 * For requests that choose a part of a cluster: what is chosen and left out at once is a slip of the
 * pen, and is told before anything begins. Not for what is stored: that was valid in its day.
 */
export const withoutContradiction = z.check<Selection>(({ value, issues }) => {
  issues.push(
    ...contradictions('excludedNamespaces', value.excludedNamespaces, value.namespaces),
    ...contradictions('excludedKinds', value.excludedKinds, value.kinds),
  );
});

const contradictions = (
  field: string,
  excluded: readonly string[] = [],
  chosen: readonly string[] = [],
) =>
  excluded.flatMap((name, index) =>
    chosen.includes(name)
      ? [
          {
            code: 'custom' as const,
            path: [field, index],
            input: name,
            message: `${name} is chosen and left out at once`,
          },
        ]
      : [],
  );
