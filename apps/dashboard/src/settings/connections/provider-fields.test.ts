import { providerSettings } from '@halyard/contracts/connections/provider-settings';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import words from '../../words/en/settings.json';
import { fieldName, providerFields, providers } from './provider-fields';

interface Described {
  properties?: Record<string, Described>;
  required?: string[];
  enum?: string[];
}

interface Asked extends Described {
  path: string;
  needed: boolean;
}

/** What the contract asks for, with where it stands. */
const asked = (schema: Described, path: string): Asked[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, inner]) =>
    inner.properties
      ? asked(inner, `${path}.${name}`).map((one) => ({ ...one, needed: false }))
      : [{ ...inner, path: `${path}.${name}`, needed: schema.required?.includes(name) ?? false }],
  );

const contractOf = (provider: keyof typeof providerSettings) =>
  (['settings', 'secrets'] as const).flatMap((part) =>
    asked(
      z.toJSONSchema(providerSettings[provider][part], { io: 'input', unrepresentable: 'any' }) as Described,
      part,
    ),
  );

describe.each(providers)('the form of %s', (provider) => {
  const contract = contractOf(provider);
  const fields = providerFields[provider];

  test('has every field of the contract, and asks for what it requires', () => {
    const needed = contract.map(({ path, needed }) => `${path} ${needed}`);
    expect(fields.map(({ path, required = false }) => `${path} ${required}`).sort()).toEqual(needed.sort());
  });

  test('names the standard values and the choices of the contract', () => {
    const { shape } = providerSettings[provider].settings;
    for (const { path, ...one } of contract) {
      const field = fields.find((candidate) => candidate.path === path);
      const [part, name = ''] = path.split('.');
      const standard =
        part === 'settings'
          ? (shape as Record<string, z.ZodType>)[name]?.safeParse(undefined).data
          : undefined;
      expect([path, field?.standard]).toEqual([path, standard === undefined ? undefined : String(standard)]);
      expect([...(field?.options ?? [])].sort()).toEqual([...(one.enum ?? [])].sort());
    }
  });

  test('has words for every field', () => {
    const known = Object.keys(words.settings.connections.fields);
    for (const { path } of fields) expect(known).toContain(fieldName(path));
  });
});

test('every provider is offered', () => {
  expect([...providers].sort()).toEqual(Object.keys(providerSettings).sort());
});
