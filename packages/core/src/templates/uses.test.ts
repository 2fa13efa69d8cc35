import { expect, test } from 'vitest';
import { barePrints } from './uses.js';

const printsOf = (text: string): string[] =>
  barePrints({ default_locale: 'en', locales: { en: { kind: 'text', text } }, fallback: {} });

test.each<[string, string, string[]]>([
  ['a variable as it is', 'Hello {{ firstName }}', ['firstName']],
  ['a path', '{{ contact.attributes.level | upcase }}', ['contact.attributes.level']],
  ['one in quotes', '{{ contact["attributes"]["boat"] }}', ['contact.attributes.boat']],
  ['one with a default', 'Hello {{ firstName | default: "there" }}', []],
  ['one that is asked for', '{% if firstName %}Hello {{ firstName }}{% else %}Hello{% endif %}', []],
  ['another than is asked for', '{% if firstName %}{{ lastName }}{% endif %}', ['lastName']],
  ['one that is asked for too late', '{{ firstName }}{% if firstName %}!{% endif %}', ['firstName']],
  ['what a condition looks at', '{% unless subject.status == "x" %}yes{% endunless %}', []],
  ['a case', '{% case boat %}{% when "a" %}{{ boat }}{{ crew }}{% endcase %}', ['crew']],
  [
    'what a loop gives',
    '{% for boat in contact.attributes.boats %}{{ boat.name }}{{ berth }}{% endfor %}',
    ['berth'],
  ],
  ['what the template gives itself', '{% assign name = firstName | default: "you" %}{{ name }}', []],
  ['a fixed text', '{{ "Hello" }} {{ 1 }}', []],
])('%s', (_, text, expected) => {
  expect(printsOf(text)).toEqual(expected);
});

test('an email is looked through from its subject to its text, in every language', () => {
  const email = (subject: string, text: string) => ({
    kind: 'email' as const,
    subject,
    preheader: '{{ preheader }}',
    html: '<p>{{ html }}</p>',
    text,
    links_unsubscribe: false,
    names_address: false,
  });
  const locales = { en: email('{{ b }}', ''), de: email('', '{{ a }}') };
  expect(barePrints({ default_locale: 'en', locales, fallback: { en: email('{{ z }}', '') } })).toEqual([
    'a',
    'b',
    'html',
    'preheader',
  ]);
});
