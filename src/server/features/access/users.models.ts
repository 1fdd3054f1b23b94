import type { Binding } from '#shared/access/access.contract.ts';
import { rightsOf } from '#shared/access/rights.models.ts';

type Account = { name: string; bindings: readonly Binding[]; disabled: boolean };

const manages = ({ bindings, disabled }: Account) =>
  !disabled && rightsOf(bindings).may('access:manage', { cluster: '*', namespaces: 'all' });

/** True when `changed` (null: removed) takes the last account that may manage access out of `accounts`. */
export function locksOut(
  accounts: readonly Account[],
  name: string,
  changed: Omit<Account, 'name'> | null,
): boolean {
  const before = accounts.filter(manages);
  const others = before.filter((one) => one.name !== name);
  if (before.length === others.length || others.length > 0) return false;
  return changed === null || !manages({ name, ...changed });
}

/** Length alone does not help: `aaaaaaaaaaaa`, or the own name twice over. */
export function isGuessable(password: string, name: string): boolean {
  const rest = password.toLowerCase().split(name.toLowerCase()).join('');
  return new Set(password).size < 5 || rest.length < 8;
}
