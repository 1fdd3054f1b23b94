import type { AuditEntry } from '#shared/audit/audit.contract.ts';

/** One line of the audit trail. `target`: what it was about by name; never bodies, never secrets. */
export type AuditNote = Pick<AuditEntry, 'actor' | 'action' | 'cluster' | 'target' | 'outcome'> & {
  code: string | null;
};

/** Resolves when the entry is durable. An act must not begin before its intent is. */
export type Audit = (note: AuditNote) => Promise<void>;
