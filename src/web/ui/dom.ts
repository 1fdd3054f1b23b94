type Child = Node | string | null;
type Attributes = Readonly<Record<string, string | EventListener>>;

/** An element; text stays text, whatever it holds. A function is listened with: `{ click: … }`. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  children: readonly Child[] = [],
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'string') made.setAttribute(key, value);
    else made.addEventListener(key, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

export function byId(id: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(`#${id}`);
  if (found === null) throw new Error(`The page has no #${id}.`);
  return found;
}

/** Replaces what is shown only when it differs, so that focus and selection survive a refresh. */
export function show(place: HTMLElement, children: readonly Child[]): void {
  const next = element('div', {}, children);
  if (next.innerHTML !== place.innerHTML) place.replaceChildren(...next.childNodes);
}
