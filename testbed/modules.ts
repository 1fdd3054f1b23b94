import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A Go module of its own for every part: etcd, Kubernetes and Velero disagree about versions. */
export type Module = {
  /** Folder below `modules/`, and its name in messages. */
  name: string;
  /** What comes out, and the package that it is built from. */
  packages: readonly { binary: Binary; package: string }[];
  /** Linker flags: without a version stamp clients misjudge what the server can do. */
  stamp: string;
};

export const binaries = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'versitygw',
  'velero',
  'velero-plugin-for-aws',
] as const;
export type Binary = (typeof binaries)[number];

const kubernetesVersion = 'v1.34.4';
const veleroVersion = 'v1.18.3';

const stamped = (values: Record<string, string>) =>
  Object.entries(values)
    .map(([name, value]) => `-X ${name}=${value}`)
    .join(' ');

export const modules: readonly Module[] = [
  {
    name: 'etcd',
    packages: [{ binary: 'etcd', package: 'go.etcd.io/etcd/server/v3' }],
    stamp: '',
  },
  {
    name: 'kubernetes',
    packages: [
      { binary: 'kube-apiserver', package: 'k8s.io/kubernetes/cmd/kube-apiserver' },
      {
        binary: 'kube-controller-manager',
        package: 'k8s.io/kubernetes/cmd/kube-controller-manager',
      },
    ],
    stamp: stamped({
      'k8s.io/component-base/version.gitVersion': kubernetesVersion,
      'k8s.io/component-base/version.gitMajor': '1',
      'k8s.io/component-base/version.gitMinor': '34',
    }),
  },
  {
    name: 's3',
    packages: [{ binary: 'versitygw', package: 'github.com/versity/versitygw/cmd/versitygw' }],
    stamp: '',
  },
  {
    name: 'velero',
    packages: [
      { binary: 'velero', package: 'github.com/vmware-tanzu/velero/cmd/velero' },
      {
        binary: 'velero-plugin-for-aws',
        package: 'github.com/vmware-tanzu/velero-plugin-for-aws/velero-plugin-for-aws',
      },
    ],
    stamp: stamped({ 'github.com/vmware-tanzu/velero/pkg/buildinfo.Version': veleroVersion }),
  },
];

/** File names under which a binary may lie; etcd's main package is called `server`. */
export const fileNames = (binary: Binary): readonly string[] =>
  binary === 'etcd' ? ['etcd', 'server'] : [binary];

export const moduleFolder = ({ name }: Module): string =>
  join(import.meta.dirname, 'modules', name);

/** 16 hex digits that change whenever a version does. */
export function moduleHash(module: Module): string {
  const hash = createHash('sha256');
  for (const file of ['go.mod', 'go.sum'])
    hash.update(readFileSync(join(moduleFolder(module), file)));
  return hash.digest('hex').slice(0, 16);
}
