export type FacetGroup = {
  id: string;
  label: string;
  /** `value` goes into the URL, `label` onto the screen. */
  options: readonly { value: string; label: string; count: number }[];
  /** One choice only: choosing another replaces it. */
  single?: boolean;
};

/** The chosen values of each group. */
export type FacetValue = Readonly<Record<string, readonly string[]>>;

/** The choice with one value switched on or off; groups without a choice are left out. */
export function toggled(value: FacetValue, group: FacetGroup, option: string): FacetValue {
  const chosen = value[group.id] ?? [];
  const others = group.single ? [] : chosen.filter((one) => one !== option);
  const next = chosen.includes(option) ? others : [...others, option];
  const { [group.id]: _, ...rest } = value;
  return next.length === 0 ? rest : { ...rest, [group.id]: next };
}

/** How many values are chosen in all. */
export const chosenIn = (value: FacetValue): number => Object.values(value).flat().length;
