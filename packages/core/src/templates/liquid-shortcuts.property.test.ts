import fc from 'fast-check';
import type { Template } from 'liquidjs';
import { Liquid } from 'liquidjs';
import { expect, test } from 'vitest';
import { addShortcuts } from './liquid-shortcuts.js';

const engines = [
  new Liquid({ ownPropertyOnly: true, outputEscape: 'escape' }),
  new Liquid({ ownPropertyOnly: true }),
];

const path = fc.constantFrom(
  'a',
  'b.a',
  'b.b.a',
  'b.size',
  'b.first',
  'a.last',
  'c["a"]',
  'c[0]',
  'i',
  'toString',
);
const text = fc.constantFrom('x', 'yes', '', 'Tom & "Jerry"', '<b>', "o'clock");
const output = fc
  .tuple(path, fc.constantFrom('', '| default: "none"', '| escape', '| upcase', '| default: b | upcase'))
  .map(([at, filter]) => `{{ ${at} ${filter} }}`);
const condition = fc
  .tuple(
    path,
    fc.constantFrom('==', '!=', 'contains', '<'),
    fc.constantFrom('"x"', '"yes"', '""', '1', 'empty', 'a'),
  )
  .map((parts) => parts.join(' '));
const { template } = fc.letrec<{ template: string; piece: string }>((tie) => ({
  template: fc.array(tie('piece'), { maxLength: 4 }).map((pieces) => pieces.join(' - ')),
  piece: fc.oneof(
    { maxDepth: 2 },
    output,
    fc
      .tuple(fc.oneof(condition, path), tie('template'), condition, tie('template'), tie('template'))
      .map(([one, a, two, b, c]) => `{% if ${one} %}${a}{% elsif ${two} %}${b}{% else %}${c}{% endif %}`),
    tie('template').map((within) => `{% for i in c %}${within}{% endfor %}`),
    tie('template').map((within) => `{% assign a = "set" %}${within}`),
  ),
}));

const value = fc.oneof(text, fc.constant(null), fc.boolean(), fc.integer(), fc.array(text));
const tree = fc.dictionary(
  fc.constantFrom('a', 'b', 'size', 'first'),
  fc.oneof(value, fc.dictionary(fc.constantFrom('a', 'b'), value)),
);
const scope = fc.record(
  { a: fc.oneof(value, tree), b: fc.oneof(value, tree), c: fc.oneof(value, tree) },
  { requiredKeys: [] },
);

const rendered = (engine: Liquid, templates: Template[], facts: object): string => {
  try {
    return engine.renderSync(templates, facts);
  } catch (error) {
    return `failed: ${(error as Error).message}`;
  }
};

test('Feature: shortcuts through Liquid, Property 1: with and without them the same comes out', () => {
  fc.assert(
    fc.property(template, scope, fc.constantFrom(...engines), (source, facts, engine) => {
      const plainly = rendered(engine, engine.parse(source), facts);
      expect(rendered(engine, addShortcuts(engine.parse(source)), facts)).toBe(plainly);
    }),
    { numRuns: 2_000 },
  );
});
