import type { Permission } from '#shared/access/permissions.models.ts';
import type { Session } from '#shared/access/access.contract.ts';
import type { Scope } from '#shared/http/endpoint.ts';

/** Who is asking, with rights as of now. */
export type Actor = {
  name: string;
  session: Session;
  may: (permission: Permission, scope: Scope) => boolean;
  /** The namespaces of a cluster in which this permission holds; `all`: the whole cluster. */
  namespacesWith: (permission: Permission, cluster: string) => readonly string[] | 'all';
};
