import type { INodeProperties } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { nodeProperties } from './properties';
import { resources } from './resources';

const properties = nodeProperties(resources);
const fieldsOf = ({ options }: INodeProperties) => (options ?? []) as INodeProperties[];

test('nothing in a collection is required: n8n would refuse workflows that never show it', () => {
  const collections = properties.filter(({ type }) => type === 'collection');
  const required = collections.flatMap((one) => fieldsOf(one).filter((field) => field.required));
  expect(required.map(({ name }) => name)).toEqual([]);
});

test('each parameter of an operation has a name of its own', () => {
  for (const { value: resource, operations } of resources)
    for (const { value: operation, properties: own } of operations) {
      const names = own.map(({ name }) => name);
      expect({ resource, operation, names }).toEqual({ resource, operation, names: [...new Set(names)] });
    }
});

test('lists that a person picks from are in alphabetical order', () => {
  const shown = properties.filter(({ name }) => name === 'resource' || name === 'operation');
  for (const { options = [] } of shown) {
    const names = options.map(({ name }) => name);
    expect(names).toEqual([...names].sort((a, b) => a.localeCompare(b, 'en')));
  }
});
