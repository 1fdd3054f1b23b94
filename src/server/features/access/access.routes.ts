import { sessionApi, tokensApi, usersApi } from '#shared/access/access.contract.ts';
import { decodeCursor, pageOf, textKey } from '../../platform/cursor.models.ts';
import type { Exchange } from '../../platform/http/exchange.ts';
import type { Handle } from '../../platform/http/handle.ts';
import { moreThanYours, noSession } from './access.errors.ts';
import { allRights, mayGrant } from '#shared/access/rights.models.ts';
import { hashOfSecret } from './secrets.ts';
import {
  makeLink,
  type SignedIn,
  signInByLink,
  signInByPassword,
  type SignInNeeds,
} from './sign-in.usecases.ts';
import { createToken, revokeToken, type TokenNeeds, toToken } from './tokens.usecases.ts';
import { changeUser, createUser, removeUser, toUser, type UserNeeds } from './users.usecases.ts';

export type AccessNeeds = SignInNeeds & UserNeeds & TokenNeeds;

export function registerAccess(handle: Handle, needs: AccessNeeds): void {
  registerSession(handle, needs);
  registerUsers(handle, needs);
  registerTokens(handle, needs);
}

function registerSession(handle: Handle, needs: AccessNeeds): void {
  handle(sessionApi.show, async (_, { session }) => session);

  handle(sessionApi.signIn, async ({ body }, _, exchange) => {
    const { address, loopback } = exchange;
    const signedIn =
      'link' in body
        ? await signInByLink({ link: body.link, loopback }, needs)
        : await signInByPassword({ ...body, address }, needs);
    return hand(signedIn, exchange);
  });

  handle(sessionApi.signOut, async (_, __, { session, endSession }) => {
    if (session === undefined || !(await needs.sessions.end(hashOfSecret(session))))
      throw noSession();
    endSession();
  });

  handle(sessionApi.link, async (_, actor) => {
    // The link opens every door: only who has every right may hand it out.
    if (!mayGrant(actor, [allRights])) throw moreThanYours();
    return await makeLink(needs);
  });
}

function hand({ session, secret, expiresAt }: SignedIn, { startSession }: Exchange) {
  startSession({ user: session.user, secret, expiresAt });
  return session;
}

function registerUsers(handle: Handle, needs: AccessNeeds): void {
  handle(usersApi.list, async ({ query: { limit, cursor } }) => {
    const [after] = cursor ? decodeCursor(textKey, cursor) : [''];
    const rows = await needs.users.list(after, limit + 1);
    const { items, next } = pageOf(rows, limit, ({ name }) => [name]);
    return { items: items.map(toUser), next };
  });

  handle(usersApi.create, ({ body }, actor) => createUser(body, actor, needs));
  handle(usersApi.change, ({ params, body }, actor) =>
    changeUser({ name: params.user, change: body }, actor, needs),
  );
  handle(usersApi.remove, ({ params }, actor) => removeUser(params.user, actor, needs));
}

function registerTokens(handle: Handle, needs: AccessNeeds): void {
  handle(tokensApi.list, async ({ query: { limit, cursor } }) => {
    const [after] = cursor ? decodeCursor(textKey, cursor) : [''];
    const rows = await needs.tokens.list(after, limit + 1);
    const { items, next } = pageOf(rows, limit, ({ id }) => [id]);
    return { items: items.map(toToken), next };
  });

  handle(tokensApi.create, ({ body }, actor) => createToken(body, actor, needs));
  handle(tokensApi.revoke, ({ params }) => revokeToken(params.token, needs));
}
