import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { Recipe, RecipeLocale } from '@halyard/contracts/recipes/recipe';
import type { InstalledRecipe, RecipeSummary } from '@halyard/contracts/recipes/routes';
import type { TemplateInput } from '@halyard/contracts/templates/content';
import type { Actor } from '../actor.js';
import type { Topics } from '../contacts/topics.js';
import { notFound } from '../domain-error.js';
import type { Flows } from '../flows/flows.js';
import type { Publishing } from '../flows/publishing.js';
import type { FlowId, OrgId } from '../ids.js';
import type { Templates } from '../templates/templates.js';
import { flowsOf, templatesOf } from './recipe.js';

/** Where recipes come from. */
export interface RecipeShelf {
  all(): Promise<Recipe[]>;
}

type Installed<Part extends 'topics' | 'templates' | 'flows'> = InstalledRecipe[Part][number];

/**
 * Ready-made flows with everything they need. Installing creates what is missing and leaves alone what is there, so that
 * it can be repeated after a failure and never overwrites what somebody has changed.
 */
export class Recipes {
  constructor(
    private readonly shelf: RecipeShelf,
    private readonly topics: Topics,
    private readonly templates: Templates,
    private readonly flows: Flows,
    private readonly publishing: Publishing,
  ) {}

  async list(locale: RecipeLocale): Promise<RecipeSummary[]> {
    const recipes = await this.shelf.all();
    return recipes.map((recipe) => ({ ...recipe, flows: flowsOf(recipe, locale) }));
  }

  async install(orgId: OrgId, key: string, locale: RecipeLocale, actor: Actor): Promise<InstalledRecipe> {
    const recipe = (await this.shelf.all()).find((one) => one.key === key);
    if (!recipe) throw notFound('recipe');
    const installed: InstalledRecipe = { recipe: key, topics: [], templates: [], flows: [] };
    const topics = new Set((await this.topics.list(orgId)).map((topic) => topic.key));
    for (const topic of recipe.topics) {
      if (!topics.has(topic.key)) await this.topics.create(orgId, topic, actor);
      installed.topics.push({ key: topic.key, created: !topics.has(topic.key) });
    }
    for (const template of templatesOf(recipe, locale))
      installed.templates.push(await this.#template(orgId, template, actor));
    for (const flow of flowsOf(recipe, locale))
      installed.flows.push(await this.#flow(orgId, recipe.key, flow, actor));
    return installed;
  }

  async #template(orgId: OrgId, input: TemplateInput, actor: Actor): Promise<Installed<'templates'>> {
    const { key, channel } = input;
    const there = await this.templates.list(orgId, { key, channel, archived: false, limit: 50 });
    const general = there.items.find((template) => template.key === key && template.product_id === null);
    const { id } = general ?? (await this.templates.write(orgId, input, actor));
    return { id, key, channel, created: !general };
  }

  /** A flow of the recipe that is still a draft was left behind by an installation that failed: it is published now. */
  async #flow(
    orgId: OrgId,
    recipe: string,
    { key, definition }: { key: string; definition: FlowDefinition },
    actor: Actor,
  ): Promise<Installed<'flows'>> {
    const named = await this.#flowWithKey(orgId, key);
    const flow = named ?? (await this.flows.create(orgId, { key, definition }, actor, recipe));
    const { id, status } =
      flow.status === 'draft' && flow.recipe === recipe
        ? await this.publishing.publish(orgId, flow.id as FlowId, 100, actor)
        : flow;
    return { id, key, status, created: !named };
  }

  async #flowWithKey(orgId: OrgId, key: string) {
    for (const status of [undefined, 'archived'] as const) {
      const found = await this.flows.list(orgId, { key, limit: 1, ...(status && { status }) });
      if (found.items[0]) return found.items[0];
    }
    return null;
  }
}
