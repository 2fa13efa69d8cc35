import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CommandFailure } from '../failure.js';
import { written } from './written.js';

/** What is kept as files: `flows/welcome.json`, `templates/hello.email.json`. */
export const kinds = ['flows', 'templates'] as const;
export type Kind = (typeof kinds)[number];

/** A file of the folder as it is; `name` without its ending. */
export interface UnreadFile {
  kind: Kind;
  name: string;
  content: unknown;
}

/** Hashes of what the server had when it was last pulled or pushed, to see what has changed there since. */
export type Base = Record<Kind, Record<string, string>>;

const safe = /^[a-z0-9][a-z0-9._-]{0,130}$/;

/** A folder of flows and the templates they use, a file for each. */
export class Folder {
  constructor(readonly path: string) {}

  async read(): Promise<UnreadFile[]> {
    const files = await Promise.all(
      kinds.map(async (kind) => {
        const names = (await namesIn(join(this.path, kind))).filter((name) => name.endsWith('.json')).sort();
        return Promise.all(names.map((name) => this.#file(kind, name.slice(0, -'.json'.length))));
      }),
    );
    return files.flat();
  }

  async #file(kind: Kind, name: string): Promise<UnreadFile> {
    return { kind, name, content: await readJson(join(this.path, kind, `${name}.json`)) };
  }

  async write({ kind, name, content }: UnreadFile): Promise<void> {
    if (!safe.test(name))
      throw new CommandFailure(`${name} cannot be the name of a file: give it a plain key.`);
    await mkdir(join(this.path, kind), { recursive: true });
    await writeFile(join(this.path, kind, `${name}.json`), written(content));
  }

  async base(): Promise<Base> {
    const kept = (await namesIn(this.path)).includes('.halyard.json') ? await readJson(this.#basePath) : {};
    return { flows: {}, templates: {}, ...(kept as Partial<Base>) };
  }

  async keepBase(base: Base): Promise<void> {
    await mkdir(this.path, { recursive: true });
    await writeFile(this.#basePath, written(base));
  }

  get #basePath(): string {
    return join(this.path, '.halyard.json');
  }
}

/** The folder that a path names, and the one flow that is meant if it names a file of it. */
export function placeOf(path: string): { folder: Folder; only: string | null } {
  if (!path.endsWith('.json')) return { folder: new Folder(path), only: null };
  if (basename(dirname(path)) !== 'flows')
    throw new CommandFailure(
      `${path} is in no folder of flows: name it <folder>/flows/<key>.json, as pull does.`,
    );
  return { folder: new Folder(dirname(dirname(path))), only: basename(path, '.json') };
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw new CommandFailure(`${path} cannot be read: ${(error as Error).message}`);
  }
}

/** What a file holds; fails with a sentence that names it. */
export async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new CommandFailure(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}
