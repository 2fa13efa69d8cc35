import { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { RecipeLocale } from '@halyard/contracts/recipes/recipe';
import { Recipe } from '@halyard/contracts/recipes/recipe';
import { TemplateInput } from '@halyard/contracts/templates/content';

/** Reads a recipe as its file has it; throws with the place when it is not one. */
export const readRecipe = (json: unknown): Recipe => Recipe.parse(joinLines(json));

/** The templates of a recipe, with the texts of every locale; `locale` is the one others fall back to. */
export const templatesOf = (recipe: Recipe, locale: RecipeLocale): TemplateInput[] =>
  recipe.templates.map(({ key, name, channel, locales }) =>
    TemplateInput.parse({ key, name: name[locale], channel, content: { default_locale: locale, locales } }),
  );

/** The flows of a recipe, named in this locale. */
export const flowsOf = (
  recipe: Recipe,
  locale: RecipeLocale,
): { key: string; definition: FlowDefinition }[] =>
  recipe.flows.map(({ key, definition }) => ({
    key,
    definition: FlowDefinition.parse(inLocale(definition, locale)),
  }));

const isTree = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function inLocale(value: unknown, locale: RecipeLocale): unknown {
  if (Array.isArray(value)) return value.map((item) => inLocale(item, locale));
  if (!isTree(value)) return value;
  const names = Object.keys(value);
  if (names.length === 2 && 'en' in value && 'de' in value) return value[locale];
  return Object.fromEntries(names.map((name) => [name, inLocale(value[name], locale)]));
}

const written = ['mjml', 'html', 'text'];

function joinLines(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(joinLines);
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [
      name,
      written.includes(name) && Array.isArray(part) ? part.join('\n') : joinLines(part),
    ]),
  );
}
