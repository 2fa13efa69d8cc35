import { createHash, randomBytes } from 'node:crypto';

/** Where new secrets come from; in production 256 random bits, so that nobody can guess one and a fast hash is enough. */
export type Secrets = () => string;

export const randomSecrets: Secrets = () => randomBytes(32).toString('base64url');

/** What is stored of a secret that Halyard made. For passwords, which people choose, use argon2id instead. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();
