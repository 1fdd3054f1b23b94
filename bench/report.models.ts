/** One line of the bench: a ratio, or a figure against 1. */
export type Measure = {
  id: string;
  what: string;
  numerator: number;
  /** 1 where the figure itself is bounded. */
  denominator: number;
  unit: string;
  gate: number;
  goal: number;
  /** What else was measured on the way, for the reader. */
  note?: string;
};

export type Verdict = 'goal' | 'gate' | 'missed';

export const ratioOf = ({ numerator, denominator }: Measure): number => numerator / denominator;

export function verdictOf(measure: Measure): Verdict {
  const ratio = ratioOf(measure);
  if (ratio <= measure.goal) return 'goal';
  return ratio <= measure.gate ? 'gate' : 'missed';
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Linear between the two nearest ranks. `at`: 0 to 1. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * at;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

const digits = (value: number): string =>
  Number.isInteger(value) ? String(value) : value.toPrecision(3);

/** The table that `npm run bench` prints. */
export function formatMeasures(measures: readonly Measure[]): string {
  const rows = measures.map((measure) => [
    measure.id,
    measure.what,
    `${digits(measure.numerator)} ${measure.unit}`,
    measure.denominator === 1 ? '' : `${digits(measure.denominator)} ${measure.unit}`,
    digits(ratioOf(measure)),
    `≤ ${measure.gate}`,
    `≤ ${measure.goal}`,
    { goal: 'goal met', gate: 'gate met', missed: 'MISSED' }[verdictOf(measure)],
    measure.note ?? '',
  ]);
  const head = ['', 'measure', 'numerator', 'denominator', 'ratio', 'gate', 'goal', '', ''];
  return alignColumns([head, ...rows]);
}

function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, at) =>
    Math.max(...rows.map((row) => (row[at] ?? '').length)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, at) => cell.padEnd(widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
