import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { problems } from '../problems.js';
import { route } from '../route.js';
import { routes } from '../routes.js';
import { webhookEvents } from '../webhooks/events.js';
import { openApiDocument } from './document.js';

const parts = (document: Record<string, unknown>) =>
  document as unknown as {
    paths: Record<string, Record<string, { operationId: string; responses: Record<string, object> }>>;
    components: { schemas: Record<string, { properties: Record<string, unknown>; required?: string[] }> };
  };

test('the document of the API is valid OpenAPI 3.1', async () => {
  const result = await new Validator().validate(openApiDocument(routes, webhookEvents));
  expect(result.errors).toBeUndefined();
  expect(result.valid).toBe(true);
});

test('every route is in it once, under its id', () => {
  const operations = Object.values(parts(openApiDocument(routes)).paths).flatMap((path) =>
    Object.values(path),
  );
  const ids = operations.map((operation) => operation.operationId);
  expect(ids.toSorted()).toEqual(routes.map((each) => each.id).toSorted());
  expect(new Set(ids).size).toBe(ids.length);
});

test('every $ref leads somewhere', () => {
  const document = openApiDocument(routes);
  const { schemas } = parts(document).components;
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)];
  for (const [, name] of refs) expect(Object.keys(schemas)).toContain(name);
});

test('the problem names every code', () => {
  const { Problem } = parts(openApiDocument(routes)).components.schemas;
  expect(Problem?.properties.code).toMatchObject({ enum: Object.keys(problems) });
});

test('a schema with defaults is one thing in a request and another in an answer', () => {
  const Rope = z.strictObject({ length: z.number().default(10) }).meta({ id: 'Rope' });
  const create = route({
    id: 'createRope',
    method: 'POST',
    path: '/ropes',
    tag: 'Ropes',
    summary: 'Create a rope',
    access: 'public',
    body: Rope,
    response: z.object({ rope: Rope }),
  });
  const { schemas } = parts(openApiDocument([create])).components;
  expect(schemas.Rope?.required).toEqual(['length']);
  expect(schemas.RopeRequest?.required).toBeUndefined();
});

test('a schema that calls itself must have a name', () => {
  const Knot: z.ZodType = z.object({ inner: z.lazy(() => Knot) });
  const read = route({
    id: 'readKnot',
    method: 'GET',
    path: '/knot',
    tag: 'Ropes',
    summary: 'Read',
    access: 'public',
    response: z.object({ knot: Knot }),
  });
  expect(() => openApiDocument([read])).toThrow('needs a name');
});
