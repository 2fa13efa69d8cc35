import { productRoutes } from '@halyard/contracts/products/routes';
import type { InputOf } from '@halyard/contracts/route';
import type { ProductId } from '@halyard/core/ids';
import { Products } from '@halyard/core/products/products';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class ProductsController {
  constructor(@Inject(Products) private readonly products: Products) {}

  @Handle(productRoutes.list)
  list(@Input() { query }: InputOf<typeof productRoutes.list>, @Who() caller: Caller) {
    return this.products.list(caller.orgId, query);
  }

  @Handle(productRoutes.create)
  create(@Input() { body }: InputOf<typeof productRoutes.create>, @Who() caller: Caller) {
    return this.products.create(caller.orgId, body, caller.actor);
  }

  @Handle(productRoutes.read)
  read(@Input() { params }: InputOf<typeof productRoutes.read>, @Who() caller: Caller) {
    return this.products.read(caller.orgId, params.id as ProductId);
  }

  @Handle(productRoutes.update)
  update(@Input() { params, body }: InputOf<typeof productRoutes.update>, @Who() caller: Caller) {
    return this.products.update(caller.orgId, params.id as ProductId, body, caller.actor);
  }

  @Handle(productRoutes.remove)
  async remove(@Input() { params }: InputOf<typeof productRoutes.remove>, @Who() caller: Caller) {
    await this.products.remove(caller.orgId, params.id as ProductId, caller.actor);
    return undefined;
  }
}
