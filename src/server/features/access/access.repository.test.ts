import { expect, test } from 'vitest';
import { eachDatabase } from '../../testing/databases.ts';
import { createSessionsRepository } from './sessions.repository.ts';
import { createSignInRepository } from './sign-in.repository.ts';
import { createTokensRepository } from './tokens.repository.ts';
import { createUsersRepository } from './users.repository.ts';

const shop = [{ role: 'viewer' as const, cluster: 'prod', namespaces: ['shop'], extra: [] }];
const account = (name: string) => ({ name, passwordHash: 'h', bindings: shop, createdAt: 5 });
const session = (user: string) => ({ user, by: 'password' as const, seenAt: 10, expiresAt: 100 });

eachDatabase('Access', (database) => {
  test('a link is used by exactly one of those who try at once, and not after its end', async () => {
    const links = createSignInRepository(database().db);
    await links.addLink('a', 100);
    await links.addLink('b', 100);
    const tries = await Promise.all(Array.from({ length: 10 }, () => links.useLink('a', 99)));
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect(await links.useLink('b', 100)).toBe(false);
  });

  test('tries are counted for each name in a window, and forgotten after it', async () => {
    const tries = createSignInRepository(database().db);
    for (const at of [10, 20, 30]) await tries.addTry(['ada', '192.0.2.1'], at);
    expect(await tries.tries('ada', 10)).toEqual([20, 30]);
    await tries.forgetTries('ada');
    expect(await tries.tries('ada', 0)).toEqual([]);
    await tries.forgetBefore(20);
    expect(await tries.tries('192.0.2.1', 0)).toEqual([30]);
  });

  test('a name is given once, however many ask at once', async () => {
    const users = createUsersRepository(database().db);
    const added = await Promise.all(Array.from({ length: 5 }, () => users.add(account('ada'))));
    expect(added.filter(Boolean)).toHaveLength(1);
    expect(await users.find('ada')).toEqual({
      ...account('ada'),
      disabled: false,
      lastSeenAt: null,
    });
  });

  test('accounts come in the order of their bytes, page by page', async () => {
    const users = createUsersRepository(database().db);
    for (const name of ['b', 'a_b', 'a-b', 'a.b', 'a1']) await users.add(account(name));
    const first = await users.list('', 3);
    const rest = await users.list(first.at(-1)?.name ?? '', 3);
    expect([...first, ...rest].map(({ name }) => name)).toEqual(['a-b', 'a.b', 'a1', 'a_b', 'b']);
  });

  test('changing an account ends its sessions and nobody else’s', async () => {
    const { db } = database();
    const [users, sessions] = [createUsersRepository(db), createSessionsRepository(db)];
    for (const name of ['ada', 'bob']) {
      await users.add(account(name));
      await sessions.add(name, session(name));
    }
    await users.change('ada', { disabled: true });
    expect(await users.find('ada')).toMatchObject({ disabled: true, passwordHash: 'h' });
    expect([await sessions.find('ada'), await sessions.find('bob')]).toEqual([
      undefined,
      session('bob'),
    ]);
  });

  test('removing an account takes its sessions and revokes its tokens', async () => {
    const { db } = database();
    const [users, tokens] = [createUsersRepository(db), createTokensRepository(db)];
    await users.add(account('ada'));
    const token = { name: 'ci', bindings: shop, createdAt: 5, expiresAt: 50, lastUsedAt: null };
    for (const createdBy of ['ada', 'local'])
      await tokens.add({ ...token, id: createdBy, hash: createdBy, createdBy });
    await users.remove('ada', 20);
    expect([await users.find('ada'), await tokens.find('ada')]).toEqual([undefined, undefined]);
    expect(await tokens.find('local')).toEqual({ ...token, id: 'local', createdBy: 'local' });
    expect([await tokens.revoke('local', 21), await tokens.revoke('local', 22)]).toEqual([
      true,
      false,
    ]);
  });

  test('old sessions are forgotten, by their end and by idleness', async () => {
    const sessions = createSessionsRepository(database().db);
    await sessions.add('over', { ...session('ada'), expiresAt: 50 });
    await sessions.add('idle', { ...session('ada'), seenAt: 1 });
    await sessions.add('open', session('ada'));
    await sessions.forgetBefore(50, 5);
    const found = await Promise.all(['over', 'idle', 'open'].map((one) => sessions.find(one)));
    expect(found.map(Boolean)).toEqual([false, false, true]);
  });
});
