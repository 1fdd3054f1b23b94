import { readStored } from '../api/manifest.models.ts';
import { removeObject } from '../http/delete.ts';
import { listAt, objectAt, textAt } from '../json.models.ts';
import { type Change, textOf } from '../store/stored.types.ts';
import type { World } from '../world.types.ts';
import { amend, ensure, objectsOf } from './act.ts';

const certificate =
  '-----BEGIN CERTIFICATE-----\nMIIBsandboxCertificateAuthority\n-----END CERTIFICATE-----\n';

/** A new namespace gets its account and certificate; a terminating one is emptied, then let go. */
export function lookAfterNamespace(change: Change, world: World): void {
  if (change.bucket !== 'namespaces' || change.type === 'DELETED') return;
  const name = change.after.key;
  const phase = textAt(readStored(textOf(change.after)), 'status', 'phase');
  if (phase === 'Terminating') emptyNamespace(name, world);
  else furnish(name, world);
}

function furnish(namespace: string, world: World): void {
  ensure(world, 'serviceaccounts', { metadata: { name: 'default', namespace } });
  ensure(world, 'configmaps', {
    metadata: {
      name: 'kube-root-ca.crt',
      namespace,
      annotations: { 'kubernetes.io/description': 'Contains a CA bundle of the sandbox.' },
    },
    data: { 'ca.crt': certificate },
  });
}

/** Objects with finalizers stay, and so does the namespace, until they are gone: see `finishNamespace`. */
function emptyNamespace(namespace: string, world: World): void {
  for (const bucket of world.store.names()) {
    for (const { resource, stored } of objectsOf(world, bucket, namespace)) {
      if (resource.namespaced) removeObject(resource, stored, { world });
    }
  }
  finishNamespace(namespace, world);
}

/** The namespace's own finalizer is taken away once nothing is left in it. */
export function finishNamespace(namespace: string, world: World): void {
  if (world.store.names().some((bucket) => !objectsOf(world, bucket, namespace).next().done))
    return;
  amend(world, { bucket: 'namespaces', key: namespace }, (object) => {
    if (textAt(object, 'status', 'phase') !== 'Terminating') return object;
    const finalizers = listAt(object, 'spec', 'finalizers').filter((one) => one !== 'kubernetes');
    return { ...object, spec: { ...objectAt(object, 'spec'), finalizers } };
  });
}

/** The last object of a terminating namespace has gone. */
export function watchEmptied(change: Change, world: World): void {
  const slash = change.after.key.indexOf('/');
  if (change.type !== 'DELETED' || slash < 0) return;
  const namespace = change.after.key.slice(0, slash);
  const stored = world.store.bucket('namespaces').get(namespace);
  if (!stored || textAt(readStored(textOf(stored)), 'status', 'phase') !== 'Terminating') return;
  finishNamespace(namespace, world);
}
