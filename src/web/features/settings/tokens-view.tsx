import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import { type Token, tokenName, tokensApi } from '#shared/access/access.contract.ts';
import { useAct } from '../../lib/act.ts';
import { keys } from '../../lib/keys.ts';
import { textOf } from '../../lib/form-text.ts';
import { Button } from '../../ui/button.tsx';
import { Copy } from '../../ui/copy.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from '../../ui/objects.module.css';
import { Region } from '../../ui/region.tsx';
import { Time } from '../../ui/time.tsx';
import { BindingFields, bindingFrom, bindingInWords } from './binding-fields.tsx';
import forms from './settings.module.css';
import { tokensQuery } from './settings.queries.ts';

/** Tokens for programs: made here, shown once, revoked at once. */
export function TokensView() {
  const query = useQuery(tokensQuery);
  return (
    <>
      <Region title="Tokens in use" query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty
              title="There is no token"
              why="A program needs one to use the API from another machine."
            />
          ) : (
            <ul className={styles['changes']}>
              {items.map((token) => (
                <TokenLine key={token.id} token={token} />
              ))}
            </ul>
          )
        }
      </Region>
      <MakeToken />
    </>
  );
}

function TokenLine({ token }: { token: Token }) {
  const revoke = useAct({
    endpoint: tokensApi.revoke,
    words: { doing: `Revoking ${token.name}`, done: () => `${token.name} is revoked` },
    invalidates: [keys.tokens],
  });
  return (
    <li>
      <b>{token.name}</b> {token.bindings.map(bindingInWords).join('; ')}, by{' '}
      <bdi>{token.createdBy}</bdi>, ends <Time at={token.expiresAt} />, used{' '}
      {token.lastUsedAt === null ? 'never' : <Time at={token.lastUsedAt} />}{' '}
      <Button
        size="small"
        pending={revoke.pending}
        label={`Revoke ${token.name}`}
        onClick={() => void revoke.run({ params: { token: token.id } })}
      >
        Revoke
      </Button>
    </li>
  );
}

function MakeToken() {
  const [secret, setSecret] = useState<string | null>(null);
  const act = useAct({
    endpoint: tokensApi.create,
    words: { doing: 'Making the token', done: () => 'The token is made: copy it now' },
    invalidates: [keys.tokens],
  });
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const made = await act.run({
      body: {
        name: textOf(data, 'name'),
        bindings: [bindingFrom(data)],
        days: Number(textOf(data, 'days')),
      },
    });
    if (!made) return;
    setSecret(made.token);
    form.reset();
  };
  return (
    <form
      aria-label="Make a token"
      className={forms['form']}
      onSubmit={(event) => void submit(event)}
    >
      <h2>Make a token</h2>
      <TextField
        label="What it is for"
        name="name"
        maxLength={100}
        autoComplete="off"
        required
        rule={tokenName}
      />
      <TextField
        label="Days until it ends"
        name="days"
        type="number"
        min={1}
        max={365}
        defaultValue={90}
        required
      />
      <BindingFields />
      <ProblemBox problem={act.problem} />
      {secret !== null && (
        <p role="status">
          It is shown this once: <code>{secret}</code> <Copy text={secret} what="the token" shown />
        </p>
      )}
      <div className={forms['buttons']}>
        <Button type="submit" look="primary" pending={act.pending}>
          Make the token
        </Button>
      </div>
    </form>
  );
}
