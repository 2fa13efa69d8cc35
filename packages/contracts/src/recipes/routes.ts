import { z } from 'zod';
import { FlowDefinition } from '../flows/definition.js';
import { Channel } from '../primitives.js';
import { route } from '../route.js';
import { RecipeLocale } from './recipe.js';

const Localized = z.object({ en: z.string(), de: z.string() });

/** `flows`: as they would be installed, in the language that was asked for. */
export const RecipeSummary = z
  .object({
    key: z.string(),
    name: Localized,
    description: Localized,
    topics: z.array(z.object({ key: z.string(), name: Localized })),
    templates: z.array(z.object({ key: z.string(), name: Localized, channel: Channel })),
    flows: z.array(z.object({ key: z.string(), definition: FlowDefinition })),
  })
  .meta({ id: 'RecipeSummary' });
export type RecipeSummary = z.output<typeof RecipeSummary>;

/** What is in the organization now; `created` is false for what was there before and was left as it is. */
export const InstalledRecipe = z
  .object({
    recipe: z.string(),
    topics: z.array(z.object({ key: z.string(), created: z.boolean() })),
    templates: z.array(z.object({ id: z.uuid(), key: z.string(), channel: Channel, created: z.boolean() })),
    flows: z.array(z.object({ id: z.uuid(), key: z.string(), status: z.string(), created: z.boolean() })),
  })
  .meta({ id: 'InstalledRecipe' });
export type InstalledRecipe = z.output<typeof InstalledRecipe>;

const tag = 'Recipes';

export const recipeRoutes = {
  list: route({
    id: 'listRecipes',
    method: 'GET',
    path: '/recipes',
    tag,
    summary: 'List the recipes that can be installed',
    description: '`locale`: the language of the flows in it.',
    access: { role: 'viewer', scope: 'flows:read' },
    query: z.object({ locale: RecipeLocale.default('en') }),
    response: z.object({ items: z.array(RecipeSummary) }),
  }),
  install: route({
    id: 'installRecipe',
    method: 'POST',
    path: '/recipes/:key/install',
    tag,
    summary: 'Create the topics, templates and flows of a recipe, and publish the flows',
    description:
      'May be repeated: what is there already, changed or not, is left as it is. `locale` is the language of names, and of texts for contacts whose language no text is written in.',
    access: { role: 'editor', scope: 'flows:write' },
    params: z.object({ key: z.string().min(1).max(100) }),
    body: z.strictObject({ locale: RecipeLocale.default('en') }),
    response: InstalledRecipe,
    errors: ['conflict'],
    idempotent: true,
  }),
};
