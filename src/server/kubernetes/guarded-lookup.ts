import { lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isLinkLocal } from '../platform/http/addresses.models.ts';

/** Code of the error for a name that leads to a link-local address. */
export const linkLocalRefused = 'LIFEBOAT_LINK_LOCAL';

/** Looks names up as Node does, but fails for one that leads, also beside others, to a link-local address. */
export function guardLookup(resolve: LookupFunction = lookup): LookupFunction {
  return (host, options, done) =>
    resolve(host, options, (error, address, family) => {
      const found = Array.isArray(address) ? address.map((one) => one.address) : [address ?? ''];
      const refused = error === null && found.some(isLinkLocal);
      done(refused ? refusal() : error, address, family);
    });
}

const refusal = () =>
  Object.assign(new Error('its name leads to a link-local address'), { code: linkLocalRefused });
