import type { Need, NeedAction } from './overview.contract.ts';

type Act = Partial<NonNullable<Need['action']>> & { label: string; what: NeedAction };

/** What the button beside a line does; whatever is not given it is not about. */
export const action = (act: Act): Need['action'] => ({
  backup: null,
  run: null,
  schedule: null,
  namespaces: null,
  ...act,
});
