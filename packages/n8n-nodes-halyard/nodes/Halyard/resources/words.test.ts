import { Channel } from '@halyard/contracts/primitives';
import { routes } from '@halyard/contracts/routes';
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { channels } from '../fields/channel';
import { snakeCased } from '../request';
import { resources } from '.';

interface Schema {
  shape?: Record<string, Schema>;
  options?: unknown[];
  unwrap?: () => Schema;
}

/** The words that an enumeration of the API knows; null for anything else. */
function wordsIn(schema: Schema | undefined): string[] | null {
  if (schema?.unwrap) return wordsIn(schema.unwrap());
  const words = schema?.options?.filter((option) => typeof option === 'string');
  return words?.length ? words : null;
}

const operations = resources.flatMap(({ value, operations: all }) =>
  all.map((operation) => ({ at: `${value}: ${operation.value}`, operation })),
);

const choices = operations.flatMap(({ at, operation: { method, path, properties } }) => {
  const shape = (one: string) => one.replace(/:\w+/g, ':');
  const route = routes.find((one) => one.method === method && shape(one.path) === shape(path));
  const taken = ((method === 'GET' ? route?.query : route?.body) as Schema | undefined)?.shape ?? {};
  const fields = properties.flatMap((one) =>
    one.type === 'collection' ? (one.options as INodeProperties[]) : [one],
  );
  return fields.flatMap(({ name, options }) => {
    const words = wordsIn(taken[snakeCased(name)]);
    const offered = (options as INodePropertyOptions[] | undefined)?.map(({ value }) => value);
    return words && offered?.length ? [{ what: `${at}: ${name}`, words, offered }] : [];
  });
});

test.each(choices)('$what offers every word of the API', ({ words, offered }) => {
  expect([...offered].sort()).toEqual([...words].sort());
});

test('the choices are found, and the channels are all there', () => {
  expect(choices.length).toBeGreaterThan(20);
  expect(channels).toEqual(Channel.options);
});
