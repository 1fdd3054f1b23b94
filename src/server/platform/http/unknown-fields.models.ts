/**
 * The paths of what was sent but not understood: present in `sent`, missing after parsing. A misspelt
 * option must not be dropped in silence, nor a field slipped in that the contract does not have.
 */
export function unknownFields(sent: unknown, parsed: unknown, path = ''): string[] {
  if (Array.isArray(sent) && Array.isArray(parsed))
    return sent.flatMap((one, at) => unknownFields(one, parsed[at], join(path, String(at))));
  if (!isObject(sent) || !isObject(parsed)) return [];
  return Object.entries(sent).flatMap(([name, value]) =>
    Object.hasOwn(parsed, name)
      ? unknownFields(value, parsed[name], join(path, name))
      : [join(path, name)],
  );
}

const join = (path: string, name: string) => (path === '' ? name : `${path}.${name}`);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
