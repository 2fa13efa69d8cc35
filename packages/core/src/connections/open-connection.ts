import type { OpenConnection } from '../delivery/provider.js';
import type { Sealed, SecretBox } from './secret-box.js';
import { aadOf, SecretBoxError } from './secret-box.js';
import { webhookUrlOf } from './webhook-url.js';

/** A connection as its row has it: everything but its secrets can be read. */
export interface SealedConnection extends Omit<OpenConnection, 'secrets' | 'reportUrl'> {
  sealed: Sealed | null;
  webhookToken?: string;
}

export type Opened =
  | { kind: 'open'; connection: OpenConnection }
  /** The master key is missing or the row is damaged: a sentence that says what to do. */
  | { kind: 'unusable'; reason: string };

const remembered = 1_000;

/**
 * Opens connections. What was opened is remembered by its sealed bytes, so a changed secret is never served stale and an
 * unchanged one is decrypted once per process.
 */
export class ConnectionOpener {
  readonly #secrets = new Map<string, { box: Buffer; secrets: Record<string, string> }>();

  /** @param publicUrl where providers reach this server; null when they cannot, so that they are not told to. */
  constructor(
    private readonly box: SecretBox,
    private readonly publicUrl: string | null,
  ) {}

  open({ id, orgId, name, provider, channels, settings, sealed, webhookToken }: SealedConnection): Opened {
    try {
      const secrets = sealed ? this.#open({ id, orgId }, sealed) : {};
      const reports =
        this.publicUrl && webhookToken ? { reportUrl: webhookUrlOf(this.publicUrl, webhookToken) } : {};
      return {
        kind: 'open',
        connection: { id, orgId, name, provider, channels, settings, secrets, ...reports },
      };
    } catch (error) {
      if (error instanceof SecretBoxError) return { kind: 'unusable', reason: error.message };
      throw error;
    }
  }

  #open({ orgId, id }: Pick<SealedConnection, 'orgId' | 'id'>, sealed: Sealed): Record<string, string> {
    const known = this.#secrets.get(id);
    if (known?.box.equals(sealed.box)) return known.secrets;
    const plain = this.box.open(sealed.box, sealed.keyId, aadOf(orgId, id));
    const secrets = JSON.parse(plain) as Record<string, string>;
    if (this.#secrets.size >= remembered) this.#secrets.clear();
    this.#secrets.set(id, { box: sealed.box, secrets });
    return secrets;
  }
}

/** Seals the secrets of a connection for its row; null when it has none. */
export const sealSecrets = (
  box: SecretBox,
  { orgId, id }: Pick<SealedConnection, 'orgId' | 'id'>,
  secrets: Record<string, string>,
): Sealed | null =>
  Object.keys(secrets).length === 0 ? null : box.seal(JSON.stringify(secrets), aadOf(orgId, id));
