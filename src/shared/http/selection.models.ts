import * as z from 'zod/mini';

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
