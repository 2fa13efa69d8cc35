import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fieldTable } from './field-table.ts';
import { payloads } from './payloads.ts';

const docs = join(import.meta.dirname, '../../docs/n8n');
const { vectors } = JSON.parse(readFileSync(join(docs, 'signature-vectors.json'), 'utf8'));
const guide = readFileSync(join(docs, 'integration-guide.md'), 'utf8');
const blocks = [...guide.matchAll(/^(\| field[\s\S]*?\n)\n```json (\S+)\n([\s\S]*?)\n```$/gm)].map(
  ([, table = '', name = '', json = '']) => ({ name, table: table.trim(), json }),
);

test('the guide shows every payload, each once', () => {
  expect(blocks.map(({ name }) => name)).toEqual(Object.keys(payloads));
  expect(guide.match(/^```json/gm)).toHaveLength(blocks.length + 1); // and one signature
});

describe.each(blocks)('$name', ({ name, table, json }) => {
  const schema = payloads[name];

  test('its table names the fields that the contract has', () => {
    expect(schema && fieldTable(schema)).toBe(table);
  });

  test('its example is one that the contract takes', () => {
    const { success, error } = schema?.safeParse(JSON.parse(json)) ?? {};
    expect(success, error?.message).toBe(true);
  });
});

test('the signature it quotes is a vector that all implementations are tested by', () => {
  const quoted = JSON.parse(/```json\n([\s\S]*?)\n```/.exec(guide)?.[1] ?? '{}');
  expect(vectors).toContainEqual(quoted);
  expect(quoted.valid).toBe(true);
});

test('every workflow and page that it links to is there', () => {
  for (const page of globSync('*.md', { cwd: docs }))
    for (const [, path = ''] of readFileSync(join(docs, page), 'utf8').matchAll(/\]\((?!http|#)([^)#]+)/g))
      expect(existsSync(join(docs, path)), `${page} links to ${path}`).toBe(true);
});
