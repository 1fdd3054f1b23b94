import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits as text for cookies, links and tokens. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** SHA-256 in hex: the only form in which a secret is kept. Random secrets need no slower hash. */
export const hashOfSecret = (secret: string): string =>
  createHash('sha256').update(secret).digest('hex');
