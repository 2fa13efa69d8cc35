import { Topics } from '@halyard/core/contacts/topics';
import type { Flows } from '@halyard/core/flows/flows';
import type { Publishing } from '@halyard/core/flows/publishing';
import { Recipes } from '@halyard/core/recipes/recipes';
import type { Templates } from '@halyard/core/templates/templates';
import { PgTopicStore } from '@halyard/postgres/topics';
import { bind } from '../bind.js';
import type { Platform } from '../platform.js';
import { RecipeFiles } from './recipe-files.js';
import { RecipesController } from './recipes.controller.js';

/** Recipes: what is shipped, installed through the same use cases that people use. */
export function wireRecipes(
  { app }: Platform,
  templates: Templates,
  { flows, publishing }: { flows: Flows; publishing: Publishing },
) {
  const topics = new Topics(new PgTopicStore(app));
  const recipes = new Recipes(new RecipeFiles(), topics, templates, flows, publishing);
  return { controllers: [RecipesController], providers: [bind(recipes)], recipes };
}
