import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Recipe } from '@halyard/contracts/recipes/recipe';
import { readRecipe } from '@halyard/core/recipes/recipe';
import type { RecipeShelf } from '@halyard/core/recipes/recipes';

/** recipes/ of this repository: found from this very file, so that it does not matter where the process was started. */
const shippedFolder = fileURLToPath(new URL('../../../../recipes/', import.meta.url));

/** Recipes as JSON files in a folder. They are read once: what is shipped does not change while a process runs. */
export class RecipeFiles implements RecipeShelf {
  #recipes: Promise<Recipe[]> | null = null;

  constructor(private readonly folder = shippedFolder) {}

  all(): Promise<Recipe[]> {
    this.#recipes ??= this.#read().catch((error: unknown) => {
      this.#recipes = null;
      throw error;
    });
    return this.#recipes;
  }

  async #read(): Promise<Recipe[]> {
    const names = (await readdir(this.folder)).filter((name) => name.endsWith('.json')).sort();
    return Promise.all(
      names.map(async (name) => {
        const text = await readFile(`${this.folder}/${name}`, 'utf8');
        try {
          return readRecipe(JSON.parse(text));
        } catch (error) {
          throw new Error(`recipes/${name} is not a recipe.`, { cause: error });
        }
      }),
    );
  }
}
