import { invalidOptions, notSupported } from '../status.errors.ts';

/** `dryRun=All` does everything but keep the result. */
export function isDryRun(query: URLSearchParams, options: string): boolean {
  const given = query.getAll('dryRun').filter(Boolean);
  if (!given.length) return false;
  if (given.every((one) => one === 'All')) return true;
  throw invalidOptions(options, [notSupported('dryRun', given, ['All'])]);
}
