import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Block, SingleBlock } from './block';
import { compileBlocks } from './compile-blocks';
import { parseInline } from './inline';
import { parseProse, writeLines, writeProse } from './prose';
import { readBlocks } from './read-blocks';

/** What people type, good and bad: markup that is open, signs of HTML, Liquid with quotes and brackets in it. */
const bits = [
  ...['**', '*', '[', ']', '](', '(', ')', '\\', '- ', '-', '\n', '\n\n', ' ', '  ', '<', '>', '&', '"', "'"],
  ...[
    '&amp;',
    '&nbsp;',
    '</p>',
    '<b>',
    '{ ',
    ' }',
    'a',
    'Ahoi',
    'ü',
    '⛵',
    '\u00a0',
    '1. ',
    'https://a.example/?b=1&c=2',
  ],
  ...['{{firstName | default: "there"}}', '{{ a  ))**]( }}', '{% if x < 3 %}', '{% endif %}', '{% else %}'],
];
// What opens Liquid and never closes it is refused by the API.
const plain = fc.string({ maxLength: 4 }).map((made) => made.replace(/[{}]/g, ''));
const text = fc
  .array(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...bits) }, plain))
  .map((parts) => parts.join(''));
const align = fc.constantFrom('left', 'center', 'right' as const);
const oneLine = text.map((made) => made.replace(/\s+/g, ' ').replace(/^ | $/g, ''));
const single: fc.Arbitrary<SingleBlock> = fc.oneof(
  fc.record({ kind: fc.constant('heading' as const), text: text.map(headingAsRead), align }),
  fc.record({ kind: fc.constant('text' as const), text: text.map(proseAsRead), align }),
  fc.record({ kind: fc.constant('footer' as const), text: text.map(proseAsRead) }),
  fc.record({
    kind: fc.constant('image' as const),
    src: text,
    alt: text,
    href: text,
    width: fc.option(fc.integer({ min: 1, max: 1200 })),
  }),
  fc.record({
    kind: fc.constant('button' as const),
    text: oneLine,
    href: text,
    align,
    colour: fc.constantFrom('', '#0b5cad'),
  }),
  fc.constant({ kind: 'divider' as const }),
);
const blocks: fc.Arbitrary<Block[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: single },
    fc.record({
      kind: fc.constant('columns' as const),
      left: fc.array(single, { maxLength: 3 }),
      right: fc.array(single, { maxLength: 3 }),
    }),
  ),
  { maxLength: 6 },
);

function proseAsRead(typed: string): string {
  return writeProse(parseProse(typed)) ?? '(has no markup)';
}
function headingAsRead(typed: string): string {
  return writeLines(parseInline(typed)) ?? '(has no markup)';
}

test('Feature: email blocks, Property 1: blocks are found again in the MJML that they were written as', () => {
  fc.assert(
    fc.property(blocks, (given) => {
      expect(readBlocks(compileBlocks(given))).toEqual(given);
    }),
    { numRuns: 500 },
  );
});

test('Feature: email blocks, Property 2: every text that can be typed has markup that reads back the same', () => {
  fc.assert(
    fc.property(text, (typed) => {
      expect(writeProse(parseProse(typed))).not.toBeNull();
      expect(writeLines(parseInline(typed))).not.toBeNull();
    }),
    { numRuns: 1_000 },
  );
});

test('Feature: email blocks, Property 3: MJML that can be read as blocks is written the same from then on', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('<mj-text>', '</mj-text>', '<p>', '</p>', '<br>', ...bits)),
      (parts) => {
        const read = readBlocks(parts.join(''));
        if (read) expect(readBlocks(compileBlocks(read))).toEqual(read);
      },
    ),
    { numRuns: 500 },
  );
});

const recipes = join(import.meta.dirname, '../../../../../recipes');
test.each(readdirSync(recipes).filter((file) => file.endsWith('.json')))(
  'every mail of the recipe %s can be edited by blocks',
  (file) => {
    const { templates } = JSON.parse(readFileSync(join(recipes, file), 'utf8'));
    const sources: string[] = templates.flatMap(
      (template: { locales: Record<string, { mjml?: string[] }> }) =>
        Object.values(template.locales).flatMap(({ mjml }) => (mjml ? [[mjml].flat().join('\n')] : [])),
    );
    expect(sources.filter((source) => readBlocks(source) === null)).toEqual([]);
  },
);
