import * as z from 'zod/mini';
import { searchParam } from '../../lib/search-params.models.ts';
import { coverageStates, coverageSubjects } from '#shared/coverage/coverage.contract.ts';

/** What the list is narrowed to; it stands in the address. */
export const coverageFilter = z.object({
  state: searchParam(z.enum(coverageStates)),
  subject: searchParam(z.enum(coverageSubjects)),
  search: searchParam(z.string()),
});
export type CoverageFilter = z.infer<typeof coverageFilter>;
