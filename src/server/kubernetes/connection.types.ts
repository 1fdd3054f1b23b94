/**
 * How to reach one API server: plain data, so that it can be handed to a worker thread.
 * Tokens that rotate are read again from their file or by running the exec plugin; that is done by
 * the thread that owns the cluster, which answers `credentials` anew.
 */
export type Connection = {
  server: string;
  /** PEM. */
  ca?: string;
  insecureSkipTlsVerify?: boolean;
  tlsServerName?: string;
  proxyUrl?: string;
  /** The address came through the API: names that lead to link-local addresses are not followed. */
  guarded?: true;
  credentials: Credentials;
};

export type Credentials = {
  token?: string;
  /** PEM. */
  clientCertificate?: string;
  clientKey?: string;
  username?: string;
  password?: string;
  /** Milliseconds since 1970: ask again from then on. */
  expiresAt?: number;
};

/**
 * The source of a cluster's connection; asked again when credentials have expired or were refused.
 * `refused`: the credentials that the server answered with 401; a source that caches must not give
 * those again without having looked for newer ones.
 */
export type ConnectionSource = (refused?: Credentials) => Promise<Connection>;
