/** Something that the palette offers. `hint`: what kind of thing it is. */
export type Entry = { id: string; label: string; hint: string; act: () => void };

const most = 12;

/** Entries in which every typed word occurs; those that begin with what was typed first. */
export function found(entries: readonly Entry[], typed: string): readonly Entry[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ label, hint }: Entry) =>
    words.every((word) => `${label} ${hint}`.toLowerCase().includes(word));
  const starts = [words.join(' '), words[0] ?? ''];
  const rank = ({ label }: Entry) => {
    const at = starts.findIndex((start) => label.toLowerCase().startsWith(start));
    return at === -1 ? starts.length : at;
  };
  return entries
    .filter(fits)
    .toSorted((one, other) => rank(one) - rank(other))
    .slice(0, most);
}

/** Where the mark goes when an arrow is pressed: past the last one comes the first. */
export const moved = (at: number, step: number, many: number): number =>
  many === 0 ? 0 : (at + step + many) % many;
