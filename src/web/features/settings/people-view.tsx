import { useQuery } from '@tanstack/react-query';
import { type SubmitEvent, useState } from 'react';
import {
  password as passwordRule,
  type Binding,
  type User,
  userName,
  usersApi,
} from '#shared/access/access.contract.ts';
import { useAct } from '../../lib/act.ts';
import { keys } from '../../lib/keys.ts';
import { textOf } from '../../lib/form-text.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Empty } from '../../ui/empty.tsx';
import { faultsIn } from '../../ui/field-fault.models.ts';
import { ProblemBox } from '../../ui/problem-box.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from '../../ui/objects.module.css';
import { Region } from '../../ui/region.tsx';
import { Time } from '../../ui/time.tsx';
import { BindingFields, bindingFrom, bindingInWords } from './binding-fields.tsx';
import forms from './settings.module.css';
import { usersQuery } from './settings.queries.ts';

/** Who may sign in with an account of this server, and what they may do. */
export function PeopleView() {
  const query = useQuery(usersQuery);
  return (
    <>
      <Region title="Accounts" query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty
              title="There is no account"
              why="People sign in by printed links until there is one."
            />
          ) : (
            <ul className={styles['changes']}>
              {items.map((user) => (
                <UserLine key={user.name} user={user} />
              ))}
            </ul>
          )
        }
      </Region>
      <AddUser />
    </>
  );
}

function UserLine({ user }: { user: User }) {
  const [asking, setAsking] = useState(false);
  const remove = useAct({
    endpoint: usersApi.remove,
    words: { doing: `Removing ${user.name}`, done: () => `${user.name} is removed` },
    invalidates: [keys.users],
  });
  return (
    <li>
      <b>{user.name}</b> {user.bindings.map(bindingInWords).join('; ')}
      {user.disabled && ', disabled'}, seen{' '}
      {user.lastSeenAt === null ? 'never' : <Time at={user.lastSeenAt} />}{' '}
      <Button size="small" label={`Remove ${user.name}`} onClick={() => setAsking(true)}>
        Remove
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Remove the account ${user.name}?`}
        consequence="Its sessions end within seconds. What it did stays in the audit trail."
        action="Remove account"
        typed={user.name}
        pending={remove.pending}
        onConfirm={() =>
          void remove.run({ params: { user: user.name } }).then(() => setAsking(false))
        }
      />
    </li>
  );
}

function AddUser() {
  const act = useAct({
    endpoint: usersApi.create,
    words: { doing: 'Adding the account', done: ({ name }) => `${name} may sign in` },
    invalidates: [keys.users],
  });
  const faults = faultsIn(act.problem);
  const submit = async (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const bindings: Binding[] = [bindingFrom(data)];
    const added = await act.run({
      body: { name: textOf(data, 'name'), password: textOf(data, 'password'), bindings },
    });
    if (added) form.reset();
  };
  return (
    <form
      aria-label="Add an account"
      className={forms['form']}
      onSubmit={(event) => void submit(event)}
    >
      <h2>Add an account</h2>
      <TextField
        label="Name"
        name="name"
        autoComplete="off"
        required
        rule={userName}
        fault={faults['name']}
      />
      <TextField
        label="Password, at least 12 characters"
        name="password"
        type="password"
        autoComplete="new-password"
        required
        rule={passwordRule}
        fault={faults['password']}
      />
      <BindingFields />
      <ProblemBox problem={act.problem} />
      <div className={forms['buttons']}>
        <Button type="submit" look="primary" pending={act.pending}>
          Add the account
        </Button>
      </div>
    </form>
  );
}
