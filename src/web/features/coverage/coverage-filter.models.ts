import * as z from 'zod/mini';
import { coverageStates, coverageSubjects } from '#shared/coverage/coverage.contract.ts';

/** What the list is narrowed to; it stands in the address. */
export const coverageFilter = z.object({
  state: z.optional(z.enum(coverageStates)),
  subject: z.optional(z.enum(coverageSubjects)),
  search: z.optional(z.string()),
});
export type CoverageFilter = z.infer<typeof coverageFilter>;
