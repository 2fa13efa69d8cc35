import type { TemplateContent } from '@halyard/contracts/templates/content';
import { expect, test } from 'vitest';
import { TemplateCompiler } from './compile.js';
import { mapLinks } from './email-links.js';
import { inlineEmail } from './inline-content.js';
import { lintTemplate } from './lint.js';

const compiler = new TemplateCompiler({ compile: async (mjml) => ({ html: mjml }) });

const html = (body: string, rest = {}): TemplateContent => ({
  channel: 'email',
  content: { default_locale: 'en', locales: { en: { subject: 'S', html: body, ...rest } } },
});

async function issuesOf(content: TemplateContent): Promise<string[]> {
  const result = await compiler.compile(content);
  return result.kind === 'invalid' ? result.issues.map((issue) => `${issue.path}: ${issue.message}`) : [];
}

test('faults in Liquid name the text and its line', async () => {
  expect(await issuesOf(html('<p>\n{{ firstName | nosuch }}</p>'))).toEqual([
    'content.locales.en.html: Line 2: undefined filter: nosuch.',
  ]);
  expect(await issuesOf(html('<p>x</p>', { subject: 'Hi {% if x %}' }))).toEqual([
    'content.locales.en.subject: Line 1: tag {% if x %} not closed.',
  ]);
  for (const tag of ['include "x"', 'render "x"', 'layout "x"', 'raw'])
    expect(await issuesOf(html(`<p>{% ${tag} %}</p>`))).toHaveLength(1);
  expect(await issuesOf(html('{{ firstName | raw }}'))).toHaveLength(1);
});

test.each([
  ['<script>alert(1)</script>', 'script'],
  ['<p onclick="x()">x</p>', 'handler'],
  ['<iframe src="https://x"></iframe>', 'iframe'],
  ['<meta http-equiv="refresh" content="0;url=https://x">', 'refresh'],
  ['<a href={{url}}>x</a>', 'quotes'],
  ['<p {{attributes}}>x</p>', 'quotes'],
  ['<p {% echo attributes %}>x</p>', 'quotes'],
])('%s is refused', async (body, word) => {
  expect(await issuesOf(html(body))).toEqual([expect.stringContaining(word)]);
});

test.each([
  '<a href="{{ url | default: "https://haff.example" }}" title=\'{{x}}\'>{{ name }}</a>',
  '<td {% if x > 1 %}class="a"{% endif %}>{{ x }}</td>',
  '<!--[if mso]><table><![endif]--><p>{{ x }}</p>',
])('%s is taken', async (body) => {
  expect(await issuesOf(html(body))).toEqual([]);
});

test('variables are those that any variant reads from outside', async () => {
  const result = await compiler.compile({
    channel: 'sms',
    content: {
      default_locale: 'de',
      locales: {
        de: { text: 'Hallo {{firstName}}{% for x in contact.attributes.boats %}{{ x }}{% endfor %}' },
        en: { text: '{% assign y = eventName %}{{ y }}' },
      },
    },
  });
  expect(result).toMatchObject({ variables: ['contact.attributes.boats', 'eventName', 'firstName'] });
});

test('the text part is made from the body', async () => {
  const result = await compiler.compile(
    html('<h1>Hi {{firstName}}</h1><p>See <a href="{{url}}">this</a></p>'),
  );
  expect(result).toMatchObject({
    compiled: { locales: { en: { text: 'Hi {{firstName}}\n\nSee this ({{url}})' } } },
  });
});

test.each([
  ['tags that never end', '<a '.repeat(60_000)],
  ['comments that never end', '<!--'.repeat(50_000)],
  ['comments in a row', '<!-- -->'.repeat(20_000)],
  ['images that never end', '<img '.repeat(40_000)],
  ['bodies that never end', '<body '.repeat(30_000)],
  ['spaces', `<pre>${' '.repeat(150_000)}x</pre>`],
  ['openings', '{{'.repeat(90_000)],
  ['values in tags', '<b title="{{x}}">{{y}}</b>'.repeat(7_000)],
  ['braces', '{ { '.repeat(40_000)],
])('%s do not hold anybody up', async (_, body) => {
  const started = performance.now();
  for (const field of ['html', 'mjml'] as const) {
    const variant = { subject: 'S', [field]: body };
    const result = await compiler.compile({
      channel: 'email',
      content: { default_locale: 'en', locales: { en: variant } },
    });
    if (result.kind === 'compiled')
      lintTemplate(result.compiled, [], { channel: 'email', organization: { postalAddress: null } });
  }
  inlineEmail({ body: body.slice(0, 50_000) }, 'en');
  mapLinks(body, (url) => url);
  expect(performance.now() - started).toBeLessThan(3_000);
});
