/** `a`, `a and b`, `a, b and c`. */
export const listed = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** Values that follow one another, as stretches: 1, 2, 3, 7 → [1, 3], [7, 7]. */
export function stretches(values: readonly number[]): [first: number, last: number][] {
  const found: [number, number][] = [];
  for (const value of values) {
    const open = found.at(-1);
    if (open?.[1] === value - 1) open[1] = value;
    else found.push([value, value]);
  }
  return found;
}

/** 1, 2, 3, 7 → `1 through 3`, `7`; two that follow one another stay two. */
export const inStretches = (
  values: readonly number[],
  nameOf: (value: number) => string = String,
): string[] =>
  stretches(values).flatMap(([first, last]) => {
    if (first === last) return [nameOf(first)];
    const between = last - first > 1 ? ' through ' : null;
    return between === null
      ? [nameOf(first), nameOf(last)]
      : [nameOf(first) + between + nameOf(last)];
  });

/** The even step of four values or more: 1, 3, 5, 7 → 2; null: they follow one another, or are uneven. */
export function evenStep(values: readonly number[]): number | null {
  const [first = 0, second = 0] = values;
  const step = second - first;
  const isEven = values.every((value, index) => value === first + index * step);
  return values.length >= 4 && step > 1 && isEven ? step : null;
}
