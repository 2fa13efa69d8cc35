import type { Provider, Type } from '@nestjs/common';

/** Offers an instance to Nest under its class. */
export const bind = <T extends object>(instance: T): Provider => ({
  provide: instance.constructor as Type<T>,
  useValue: instance,
});
