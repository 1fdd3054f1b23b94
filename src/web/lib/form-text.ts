/** What was typed into a field of a form; files, which we never ask for, count as nothing. */
export function textOf(data: FormData, name: string): string {
  const value = data.get(name);
  return typeof value === 'string' ? value : '';
}
