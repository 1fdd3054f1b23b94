/** Cuts a long name where it tells least: its end (a time, a hash) stays readable. */
export function splitName(name: string, tail: number): { head: string; tail: string } {
  const letters = Array.from(name);
  if (letters.length <= tail * 2) return { head: name, tail: '' };
  return { head: letters.slice(0, -tail).join(''), tail: letters.slice(-tail).join('') };
}
