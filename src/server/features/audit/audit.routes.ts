import { auditApi } from '#shared/audit/audit.contract.ts';
import { decodeCursor, numberKey, pageOf } from '../../platform/cursor.models.ts';
import type { Handle } from '../../platform/http/handle.ts';
import type { AuditRepository } from './audit.repository.ts';
import { toEntry, verifyChain } from './audit.usecases.ts';

export function registerAudit(handle: Handle, { entries }: { entries: AuditRepository }): void {
  handle(auditApi.list, async ({ query: { limit, cursor, ...filter } }) => {
    const [before] = cursor ? decodeCursor(numberKey, cursor) : [Number.MAX_SAFE_INTEGER];
    const rows = await entries.list({ ...filter, before, limit: limit + 1 });
    const { items, next } = pageOf(rows, limit, ({ seq }) => [seq]);
    return { items: items.map(toEntry), next };
  });

  handle(auditApi.verify, () => verifyChain(entries));
}
