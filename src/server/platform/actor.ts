import type { Session } from '#shared/access/access.contract.ts';
import type { Rights } from '#shared/access/rights.models.ts';

/** Who is asking, with rights as of now. */
export type Actor = Rights & { name: string; session: Session };
