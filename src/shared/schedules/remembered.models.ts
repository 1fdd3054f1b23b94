/** Longer texts are rare, and would let a few of them take all the room. */
const longest = 20_000;
/** Characters that an entry may have on average: many long ones make room earlier. */
const usualLength = 400;

/**
 * The same function of a text, which remembers its newest answers: at most twice `most`, or twice the
 * characters that so many usually have, however many texts are asked. Only for functions that always answer the same, with what nobody
 * changes.
 */
export function remembered<T>(answer: (text: string) => T, most: number): (text: string) => T {
  let [fresh, old] = [new Map<string, T>(), new Map<string, T>()];
  let held = 0;
  return (text) => {
    const known = fresh.get(text);
    if (known !== undefined) return known;
    const found = old.get(text) ?? answer(text);
    if (text.length > longest) return found;
    if (fresh.size >= most || held >= most * usualLength) {
      [fresh, old] = [new Map<string, T>(), fresh];
      held = 0;
    }
    held += text.length;
    fresh.set(text, found);
    return found;
  };
}
