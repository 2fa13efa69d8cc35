import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** A sealed secret as the database keeps it: the envelope, and which master key wraps it. */
export interface Sealed {
  box: Buffer;
  keyId: string;
}

/**
 * A secret cannot be sealed or opened.
 * - `invalid_keys`: the list of master keys is not readable.
 * - `unknown_key`: the secret is wrapped by a master key that is not on the list.
 * - `damaged`: the bytes were changed, or belong to another organization or row.
 */
export class SecretBoxError extends Error {
  override readonly name = 'SecretBoxError';
  constructor(
    readonly code: 'invalid_keys' | 'unknown_key' | 'damaged',
    message: string,
  ) {
    super(message);
  }
}

/** Binds a secret to its row: opened for another organization or row it is refused. */
export const aadOf = (orgId: string, rowId: string): string => `${orgId}/${rowId}`;

const version = 1;
const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
const wrappedBytes = ivBytes + tagBytes + keyBytes;

/**
 * Encrypts secrets for the database with a key that is not in it. An envelope: every secret has a random data key of
 * its own (AES-256-GCM), which a master key wraps (AES-256-GCM), so no master key ever encrypts more than 32 random bytes.
 *
 *     version (1) │ iv, tag, wrapped data key (12 + 16 + 32) │ iv, tag, ciphertext (12 + 16 + n)
 *
 * Both layers authenticate the version, the key id and the caller's `aad` (see {@link aadOf}).
 */
export class SecretBox {
  readonly #keys: ReadonlyMap<string, Buffer>;
  /** The key that new secrets are wrapped by: the first on the list. */
  readonly newestKeyId: string;

  /** @param keys `id:base64` of 32 bytes each, separated by commas or spaces, newest first. */
  constructor(keys: string) {
    this.#keys = parseKeys(keys);
    const [newest] = this.#keys.keys();
    if (newest === undefined) throw new SecretBoxError('invalid_keys', howToWriteKeys('The list is empty.'));
    this.newestKeyId = newest;
  }

  seal(plain: string, aad: string): Sealed {
    const keyId = this.newestKeyId;
    const dataKey = randomBytes(keyBytes);
    const bound = boundTo(keyId, aad);
    const box = Buffer.concat([
      Buffer.of(version),
      encrypt(this.#keyOf(keyId), dataKey, bound),
      encrypt(dataKey, Buffer.from(plain, 'utf8'), bound),
    ]);
    return { box, keyId };
  }

  open(box: Buffer, keyId: string, aad: string): string {
    const masterKey = this.#keyOf(keyId);
    if (box[0] !== version || box.length < 1 + wrappedBytes + ivBytes + tagBytes) throw damaged();
    const bound = boundTo(keyId, aad);
    const dataKey = decrypt(masterKey, box.subarray(1, 1 + wrappedBytes), bound);
    return decrypt(dataKey, box.subarray(1 + wrappedBytes), bound).toString('utf8');
  }

  #keyOf(id: string): Buffer {
    const key = this.#keys.get(id);
    if (key) return key;
    throw new SecretBoxError(
      'unknown_key',
      `This secret was sealed with the key "${id}", which is not in HALYARD_ENCRYPTION_KEYS. Add that key again, after the newest one.`,
    );
  }
}

function parseKeys(list: string): Map<string, Buffer> {
  const keys = new Map<string, Buffer>();
  for (const entry of list.split(/[\s,]+/).filter(Boolean)) {
    const [, id, encoded] = /^([\w.-]{1,64}):([A-Za-z0-9+/_-]+={0,2})$/.exec(entry) ?? [];
    const key = Buffer.from(encoded ?? '', 'base64');
    if (!id || key.length !== keyBytes)
      throw new SecretBoxError('invalid_keys', howToWriteKeys(`Entry ${keys.size + 1} is not one.`));
    if (keys.has(id))
      throw new SecretBoxError('invalid_keys', howToWriteKeys(`Two keys are called "${id}".`));
    keys.set(id, key);
  }
  return keys;
}

// Never quotes an entry: it may be a key.
const howToWriteKeys = (what: string): string =>
  `HALYARD_ENCRYPTION_KEYS takes id:base64 of 32 bytes, newest first, separated by commas. ${what} Make a key with: echo "k1:$(openssl rand -base64 32)"`;

const boundTo = (keyId: string, aad: string): Buffer =>
  Buffer.from(`halyard\0${version}\0${keyId}\0${aad}`, 'utf8');

function encrypt(key: Buffer, plain: Buffer, aad: Buffer): Buffer {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(aad);
  const encrypted = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), encrypted]);
}

function decrypt(key: Buffer, sealed: Buffer, aad: Buffer): Buffer {
  const iv = sealed.subarray(0, ivBytes);
  const tag = sealed.subarray(ivBytes, ivBytes + tagBytes);
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes })
    .setAAD(aad)
    .setAuthTag(tag);
  try {
    return Buffer.concat([decipher.update(sealed.subarray(ivBytes + tagBytes)), decipher.final()]);
  } catch {
    throw damaged();
  }
}

const damaged = (): SecretBoxError =>
  new SecretBoxError(
    'damaged',
    'This secret cannot be opened: it was changed, was copied from another row, or its key has another value now. Set it again.',
  );
