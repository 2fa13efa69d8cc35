import type { Route } from '@halyard/contracts/route';
import { routes } from '@halyard/contracts/routes';
import { describe, expect, test } from 'vitest';
import { filled, leastFilled, variantsOf } from '../../testing/fill';
import type { Operation } from '../operation';
import { requestOf, snakeCased } from '../request';
import { resources } from '.';

const operations = resources
  .filter(({ value }) => value !== 'apiCall')
  .flatMap((resource) =>
    resource.operations.map((operation) => ({ name: `${resource.value}: ${operation.value}`, operation })),
  );

const shapeOfPath = (path: string): string => path.replace(/:\w+/g, ':');

const routeOf = ({ method, path }: Operation): Route | undefined =>
  routes.find((route) => route.method === method && shapeOfPath(route.path) === shapeOfPath(path));

const existing = operations.flatMap(({ name, operation }) => {
  const route = routeOf(operation);
  return route ? [{ name, operation, route }] : [];
});

test('every operation calls a route that there is', () => {
  expect(operations.filter(({ operation }) => !routeOf(operation)).map(({ name }) => name)).toEqual([]);
});

/** The properties of a zod object. */
const namesIn = (schema: unknown): string[] => Object.keys((schema as { shape?: object }).shape ?? {});

/** What a route takes; of a batch each entry, as the route for a single one takes it. */
const entryOf = (route: Route) =>
  routes.find(({ method, path }) => method === route.method && `${path}/batch` === route.path)?.body ??
  route.body;

/** What the route says to the request that these parameters make; null: it takes it. */
function refusal(operation: Operation, route: Route, parameters: Record<string, unknown>): unknown {
  const { body, query, path } = requestOf(operation, (name) => parameters[name], 'Europe/Berlin');
  expect(path).not.toContain(':');
  const strange = Object.keys(query).filter((name) => !namesIn(route.query).includes(name));
  if (strange.length) return `The query has no ${strange}.`;
  const takesBody = body && (Object.keys(body).length > 0 || namesIn(route.body).length > 0);
  const parsed = [route.query.safeParse(query), ...(takesBody ? [entryOf(route).safeParse(body)] : [])];
  return parsed.find(({ success }) => !success)?.error?.issues ?? null;
}

describe.each(existing)('$name', ({ operation, route }) => {
  test('is taken with everything filled in, whatever is chosen', () => {
    for (const parameters of [filled(operation), ...variantsOf(operation)])
      expect({ parameters, refusal: refusal(operation, route, parameters) }).toEqual({
        parameters,
        refusal: null,
      });
  });

  test('is taken with only what must be', () => {
    expect(refusal(operation, route, leastFilled(operation))).toBeNull();
  });

  test('repeats safely and goes through pages exactly where the route does', () => {
    expect({ idempotent: Boolean(operation.idempotent) }).toEqual({ idempotent: route.idempotent });
    const answer = namesIn(route.response);
    const paged = Boolean(operation.paged) || operation.fixed?.limit === 1;
    expect({ paged }).toEqual({ paged: answer.includes('next_cursor') });
    if (operation.items) expect(answer).toContain(operation.items);
    if (!operation.batch) return;
    expect(answer).toContain('results');
    const beside = (operation.batch.beside ?? []).map(snakeCased);
    expect(namesIn(route.body).sort()).toEqual([operation.batch.into, ...beside].sort());
  });
});
