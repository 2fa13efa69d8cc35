import type { Operation, Resource } from './operation';
import { WrongParameter } from './parameter-value';

/** The operation that was chosen. */
export function operationOf(resources: Resource[], resource: string, operation: string): Operation {
  const found = resources
    .find(({ value }) => value === resource)
    ?.operations.find(({ value }) => value === operation);
  if (!found) throw new WrongParameter(`There is no operation "${operation}" of "${resource}".`);
  return found;
}
