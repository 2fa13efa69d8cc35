import type { ClaimLoop } from '@halyard/core/claim-loop';
import { randomIds } from '@halyard/core/ids';
import { Products } from '@halyard/core/products/products';
import { PgProductStore } from '@halyard/postgres/products';
import type { Provider, Type } from '@nestjs/common';
import type { Platform } from './platform.js';
import { ProductsController } from './products/products.controller.js';

/** Everything that is bound together in this process: the one place where use cases meet their adapters. */
export interface Wiring {
  controllers: Type[];
  providers: Provider[];
  loops: ClaimLoop[];
}

const bind = <T extends object>(instance: T): Provider => ({
  provide: instance.constructor as Type<T>,
  useValue: instance,
});

export function wire(platform: Platform): Wiring {
  const products = new Products(new PgProductStore(platform.app), randomIds);

  return {
    controllers: [ProductsController],
    providers: [bind(products)],
    loops: [],
  };
}
