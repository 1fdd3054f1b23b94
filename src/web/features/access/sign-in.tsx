import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useId } from 'react';
import { sessionApi } from '#shared/access/access.contract.ts';
import { call, sentence } from '../../lib/call.ts';
import { textOf } from '../../lib/form-text.ts';
import { admit } from '../../lib/session.ts';
import { Button } from '../../ui/button.tsx';
import { Copy } from '../../ui/copy.tsx';
import styles from './sign-in.module.css';

const command = 'npm run -s lifeboat -- sessions link';

type Props = {
  /** Why it asks again: the link was used, the session has ended. */
  why?: string | undefined;
};

/** By the printed link, which the address holds, or with an account of this server. */
export function SignIn({ why }: Props) {
  return (
    <div className={styles['box']}>
      <h1 tabIndex={-1}>Sign in</h1>
      {why !== undefined && (
        <p role="alert" className={styles['problem']}>
          {why}
        </p>
      )}
      <p>
        Open the link that the server printed when it started. It works once; this prints another:
      </p>
      <p className={styles['command']}>
        <code>{command}</code> <Copy text={command} what="the command" shown />
      </p>
      <h2>Or with an account</h2>
      <Account />
    </div>
  );
}

function Account() {
  const queries = useQueryClient();
  const signIn = useMutation({
    mutationFn: (body: { user: string; password: string }) => call(sessionApi.signIn, { body }),
    onSuccess: (session) => {
      admit(queries, session);
      void queries.invalidateQueries();
    },
  });
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    signIn.mutate({ user: textOf(form, 'user'), password: textOf(form, 'password') });
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      {signIn.error && (
        <p role="alert" className={styles['problem']}>
          {sentence(signIn.error)}
        </p>
      )}
      <Entry label="User" name="user" type="text" autoComplete="username" />
      <Entry label="Password" name="password" type="password" autoComplete="current-password" />
      <Button type="submit" look="primary" pending={signIn.isPending}>
        Sign in
      </Button>
    </form>
  );
}

type EntryProps = { label: string; name: string; type: 'text' | 'password'; autoComplete: string };

function Entry({ label, ...input }: EntryProps) {
  const id = useId();
  return (
    <div className={styles['entry']}>
      <label htmlFor={id}>{label}</label>
      <input id={id} required {...input} />
    </div>
  );
}
