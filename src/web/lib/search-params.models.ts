import * as z from 'zod/mini';

/**
 * What an address may say: a value that does not fit counts as not said. Addresses are typed, cut off
 * and kept for years; none of that breaks a page.
 */
export const searchParam = <Rule extends z.ZodMiniType>(rule: Rule) =>
  z.catch(z.optional(rule), undefined);
