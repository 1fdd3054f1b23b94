/** Longer texts are rare, and would let a few of them take all the room. */
const longest = 2000;

/**
 * The same function of a text, which remembers its newest answers: at least `most`, at most twice as
 * many, however many texts are asked. Only for functions that always answer the same, with what nobody
 * changes.
 */
export function remembered<T>(answer: (text: string) => T, most: number): (text: string) => T {
  let [fresh, old] = [new Map<string, T>(), new Map<string, T>()];
  return (text) => {
    const known = fresh.get(text);
    if (known !== undefined) return known;
    const found = old.get(text) ?? answer(text);
    if (text.length > longest) return found;
    if (fresh.size >= most) [fresh, old] = [new Map<string, T>(), fresh];
    fresh.set(text, found);
    return found;
  };
}
