import { useId } from 'react';
import type { Binding } from '#shared/access/access.contract.ts';
import { roles } from '#shared/access/permissions.models.ts';
import { useClusters } from '../../lib/cluster.ts';
import { textOf } from '../../lib/form-text.ts';
import { TextField } from '../../ui/text-field.tsx';
import forms from './settings.module.css';

const can = {
  viewer: 'sees everything',
  operator: 'also backs up, pins, verifies and cancels',
  restorer: 'also restores',
  admin: 'also deletes, and manages clusters and people',
} as const;

/** A role, on which cluster, in which namespaces. */
export function BindingFields() {
  const [roleId, clusterId] = [useId(), useId()];
  const { data: clusters = [] } = useClusters();
  return (
    <>
      <div className={forms['entry']}>
        <label htmlFor={roleId}>Role</label>
        <select id={roleId} name="role" defaultValue="viewer">
          {roles.map((role) => (
            <option key={role} value={role}>
              {role}: {can[role]}
            </option>
          ))}
        </select>
      </div>
      <div className={forms['entry']}>
        <label htmlFor={clusterId}>Cluster</label>
        <select id={clusterId} name="cluster" defaultValue="*">
          <option value="*">all clusters</option>
          {clusters.map(({ id }) => (
            <option key={id} value={id}>
              {id}
            </option>
          ))}
        </select>
      </div>
      <TextField label="Only these namespaces, with commas between; empty: all" name="namespaces" />
    </>
  );
}

export function bindingFrom(data: FormData): Binding {
  const namespaces = textOf(data, 'namespaces')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return {
    role: roles.find((role) => role === data.get('role')) ?? 'viewer',
    cluster: textOf(data, 'cluster'),
    namespaces: namespaces.length > 0 ? namespaces : null,
    extra: [],
  };
}

/** `operator on prod in shop`. */
export function bindingInWords({ role, cluster, namespaces, extra }: Binding): string {
  const where = cluster === '*' ? 'all clusters' : cluster;
  const only = namespaces === null ? '' : ` in ${namespaces.join(', ')}`;
  const more = extra.length === 0 ? '' : ` with ${extra.join(', ')}`;
  return `${role} on ${where}${only}${more}`;
}
