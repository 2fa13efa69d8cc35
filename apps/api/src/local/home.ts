import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartFailure } from '../start-failure.js';

/** What is generated once and kept: without it sessions end and stored secrets of connections cannot be read. */
export interface Secrets {
  HALYARD_SECRET: string;
  HALYARD_ENCRYPTION_KEYS: string;
  DATABASE_PASSWORD: string;
  OPERATIONS_TOKEN: string;
}

/** How to get in: made with the sample organization, read by the command line. */
export interface Access {
  url: string;
  email: string;
  password: string;
  organization_id?: string;
  api_key?: string;
  /** The sample is complete; what the summary points to. */
  sample?: { booking_id: string };
}

/** The folder `.halyard/`: data of the built-in database, secrets, log. Files in it are for their owner only. */
export class Home {
  constructor(readonly path: string) {
    try {
      mkdirSync(path, { recursive: true });
      writeFileSync(join(path, '.gitignore'), '*\n');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new StartFailure(
        `The folder ${path} cannot be written (${code}). Change its owner, or name another one, as in: HALYARD_HOME=~/halyard`,
      );
    }
  }

  file(name: string): string {
    return join(this.path, name);
  }

  secrets(): Secrets {
    const kept = this.#read<Partial<Secrets>>('secrets.json');
    const made: Secrets = {
      HALYARD_SECRET: randomBytes(48).toString('base64'),
      HALYARD_ENCRYPTION_KEYS: `k1:${randomBytes(32).toString('base64')}`,
      DATABASE_PASSWORD: randomBytes(24).toString('hex'),
      OPERATIONS_TOKEN: randomBytes(24).toString('base64url'),
      ...kept,
    };
    if (!kept?.OPERATIONS_TOKEN) this.#write('secrets.json', made); // an older Halyard made none
    return made;
  }

  access(): Access | null {
    return this.#read<Access>('access.json');
  }

  keepAccess(access: Access): void {
    this.#write('access.json', access);
  }

  /** Lets the command line find what runs here; returns how to take that back. */
  tellRunning(where: { url: string; database_url: string }): () => void {
    this.#write('running.json', where);
    return () => rmSync(this.file('running.json'), { force: true });
  }

  #read<T>(name: string): T | null {
    const file = this.file(name);
    if (!existsSync(file)) return null;
    try {
      return JSON.parse(readFileSync(file, 'utf8')) as T;
    } catch {
      throw new StartFailure(
        `${file} cannot be read. Put it back from a backup, or remove the folder to start afresh.`,
      );
    }
  }

  /** Whole or not at all: a half-written secret would lock everyone out. */
  #write(name: string, value: object): void {
    const unfinished = this.file(`${name}.unfinished`);
    writeFileSync(unfinished, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
    renameSync(unfinished, this.file(name));
  }
}
