import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { N8nFailure } from './failure.ts';
import { newCallersToken, newSigningSecret } from './introduce.ts';

/** What is made once for the n8n beside Halyard; `halyard n8n` reads `url` and `api_key` of it. */
export interface Kept {
  url: string;
  email: string;
  password: string;
  /** Of n8n's stored credentials. */
  encryption_key: string;
  signing_secret: string;
  /** What other services call the workflows' hooks with. */
  callers_token: string;
  /** Of n8n's public API. */
  api_key?: string;
  /** What n8n calls Halyard with, where Halyard was then, and at which address n8n was told to it. */
  halyard?: { url: string; api_key: string; n8n_url: string };
  /** The n8n that runs, to find one whose parent was killed. */
  process?: { pid: number; began: string };
}

/** `access.json` in n8n's folder: whole or not at all, for its owner only. */
export class KeptAccess {
  readonly #file: string;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.#file = join(folder, 'access.json');
  }

  read(email: string): Kept {
    if (existsSync(this.#file)) {
      try {
        return JSON.parse(readFileSync(this.#file, 'utf8')) as Kept;
      } catch {
        throw new N8nFailure(
          `${this.#file} cannot be read. Put it back from a backup, or remove its folder to start n8n afresh.`,
        );
      }
    }
    const made: Kept = {
      url: '',
      email,
      // n8n wants a digit and a capital letter.
      password: `N8n-${randomBytes(12).toString('base64url')}`,
      encryption_key: randomBytes(24).toString('base64'),
      signing_secret: newSigningSecret(),
      callers_token: newCallersToken(),
    };
    this.write(made);
    return made;
  }

  write(kept: Kept): void {
    writeFileSync(`${this.#file}.unfinished`, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${this.#file}.unfinished`, this.#file);
  }
}
