import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

type Tree = { [key: string]: string | Tree };

/** The words of the dashboard in one language, as its pages have them. */
export class Words {
  readonly language: string;
  readonly #texts: ReadonlyMap<string, string>;

  constructor(language: string) {
    this.language = language;
    const folder = join(import.meta.dirname, '../apps/dashboard/src/words', language);
    const trees = globSync('*.json', { cwd: folder }).map(
      (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Tree,
    );
    this.#texts = new Map(trees.flatMap((tree) => [...leavesOf(tree, '')]));
  }

  /** The text under a key such as `flow.publish.open`. */
  of(key: string): string {
    const text = this.#texts.get(key);
    if (text === undefined) throw new Error(`There is no text ${key} in ${this.language}.`);
    return text;
  }

  all(): Iterable<string> {
    return this.#texts.values();
  }
}

function* leavesOf(tree: Tree, path: string): Generator<[string, string]> {
  for (const [key, value] of Object.entries(tree))
    if (typeof value === 'string') yield [path + key, value];
    else yield* leavesOf(value, `${path}${key}.`);
}
