/** How a test reaches the control plane: plain data, so that it crosses process borders. */
export type TestbedAccess = {
  /** A kubeconfig of the administrator; its one context is `context`. */
  kubeconfig: string;
  context: string;
  server: string;
  adminToken: string;
  caFile: string;
  /** etcd's client address, plain HTTP. */
  etcd: string;
  /** Signs the tokens of made-up people (see users.ts). */
  userSecret: string;
  /** Logs and data; removed when the test bed stops. */
  directory: string;
};

export type ObjectStore = {
  endpoint: string;
  accessKeyId: string;
  secretAccessKey: string;
  bucket: string;
  /** The bucket as a folder of this machine. */
  folder: string;
};

type VeleroAccess = {
  /** The `velero` command. */
  binary: string;
  namespace: string;
  /** POST: ends Velero's server and starts it again, so that it learns about new kinds at once. */
  restart: string;
};

declare module 'vitest' {
  interface ProvidedContext {
    testbed: TestbedAccess;
    s3: ObjectStore;
    velero: VeleroAccess;
  }
}
