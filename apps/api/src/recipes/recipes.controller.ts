import { recipeRoutes } from '@halyard/contracts/recipes/routes';
import type { InputOf } from '@halyard/contracts/route';
import { Recipes } from '@halyard/core/recipes/recipes';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class RecipesController {
  constructor(@Inject(Recipes) private readonly recipes: Recipes) {}

  @Handle(recipeRoutes.list)
  async list(@Input() { query }: InputOf<typeof recipeRoutes.list>) {
    return { items: await this.recipes.list(query.locale) };
  }

  @Handle(recipeRoutes.install)
  install(@Input() { params, body }: InputOf<typeof recipeRoutes.install>, @Who() caller: Caller) {
    return this.recipes.install(caller.orgId, params.key, body.locale, caller.actor);
  }
}
