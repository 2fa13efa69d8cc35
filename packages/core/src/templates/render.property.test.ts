import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RenderInput } from '../delivery/renderer.js';
import type { ContactId, MessageId, OrgId } from '../ids.js';
import { LinkTokens } from '../tracking/link-tokens.js';
import { TemplateCompiler } from './compile.js';
import { TemplateRenderer } from './render.js';
import { templateVariables } from './variables.js';

const renderer = new TemplateRenderer(
  new LinkTokens('0123456789abcdef0123456789abcdef', 'https://go.example'),
);
const compiler = new TemplateCompiler({ compile: async (mjml) => ({ html: mjml }) });
const id = '00000000-0000-7000-8000-000000000001';

const base: RenderInput = {
  orgId: id as OrgId,
  messageId: id as MessageId,
  contactId: id as ContactId,
  class: 'marketing',
  topic: '*',
  channel: 'email',
  template: null,
  content: null,
  locales: ['de'],
  timeZone: 'Europe/Berlin',
  variables: {},
  to: { address: 'a@example.com' },
  sender: { from_address: 'b@example.com', sender: 'x' },
  organization: { name: 'Haff', postalAddress: 'Kai 1', website: null },
  tracking: { opens: true, clicks: true },
};

/** What people, importers and attackers put where a name belongs. */
const nasty = fc.constantFrom(
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  'javascript:alert(1)',
  ' JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'https://evil.example/"><script>',
  '</body></html><script>alert(1)</script>',
  '<!-- -->',
  '{{ 7 | times: 7 }}',
  '{% for i in (1..9) %}x{% endfor %}',
  '&lt;script&gt;',
  '\u202e\u0000\r\nBcc: x@example.com',
);
const value = fc.oneof(nasty, fc.string({ unit: 'binary' }), fc.constant(null), fc.integer(), fc.boolean());
const anything = fc.oneof(value, fc.array(value));

const facts = fc.record({
  contact: fc.record({
    first_name: anything,
    last_name: anything,
    attributes: fc.dictionary(fc.string(), anything),
  }),
  subject: fc.oneof(fc.constant(null), fc.record({ starts_at: anything, time_zone: anything })),
  product: fc.oneof(fc.constant(null), fc.record({ name: anything, location: anything })),
  organization: anything,
});

const html = `<html><body><p title="{{firstName}}" class='{{lastName}}'>{{firstName}} {{ eventName | upcase | default: "x" }}</p>
<a href="{{contact.attributes.url}}">{{eventDate}} {{eventTime}} {{eventLocation}}</a><a href='{{firstName}}'>x</a>
{% for a in contact.attributes %}{{ a }}{% endfor %}{{ firstName | newline_to_br }}{{ firstName | escape }}
{{ subject.starts_at | date }}{{ subject.starts_at | date: "%d.%m." }}{{ subject.starts_at | time }}</body></html>`;

const compiled = await compiler.compile({
  channel: 'email',
  content: { default_locale: 'de', locales: { de: { subject: 'Hi {{firstName}}.', html } } },
});
const version = (result: typeof compiled) => ({
  templateId: 't',
  key: 'k',
  channel: 'email' as const,
  number: 1,
  compiled: result.kind === 'compiled' ? result.compiled : null,
});

/** The tags of a document with their attributes' names: what a value must never add to. */
const skeleton = (document: string): string[] =>
  [...document.matchAll(/<\/?[a-z!][^\s>]*(?:\s+[a-z-]+(?==)|"[^"]*"|'[^']*'|[^>])*>/gi)].map(([tag]) =>
    tag.replace(/"[^"]*"|'[^']*'/g, '""'),
  );

test('Feature: templates, Property 1: no value adds a tag or an attribute to a mail, or a link that runs', () => {
  const expected = renderer.render({
    ...base,
    template: version(compiled),
    variables: templateVariables({}, {}),
  });
  if (expected.kind !== 'rendered' || expected.payload.channel !== 'email') throw new Error('not rendered');
  const bones = skeleton(expected.payload.html).filter((tag) => !tag.startsWith('<br'));
  fc.assert(
    fc.property(facts, (given) => {
      const variables = templateVariables(given, {});
      const rendered = renderer.render({ ...base, template: version(compiled), variables });
      if (rendered.kind === 'failed' || rendered.payload.channel !== 'email') return false;
      const { html: mail, subject } = rendered.payload;
      expect(skeleton(mail).filter((tag) => !tag.startsWith('<br'))).toEqual(bones);
      for (const [, href] of mail.matchAll(/href="([^"]*)"/g))
        expect(href).toMatch(/^(https:\/\/go\.example\/|#$)/);
      expect(subject).not.toMatch(/[\r\n]/);
      for (const { url } of rendered.links) expect(url).toMatch(/^https?:\/\//);
      return true;
    }),
    { numRuns: 300 },
  );
});

test('Feature: templates, Property 2: rendering any inline content is a value, never a throw, and leaves no Liquid of its own', () => {
  const piece = fc.constantFrom(
    '{{firstName}}',
    '{{ lastName | default: "you" }}',
    '{% if firstName %}a{% else %}b{% endif %}',
    '{{ x.y.z }}',
    '<p>',
    '</p>',
    '<b onclick="x()">',
    '<script>',
    '<a href="{{firstName}}">',
    '<a href="javascript:x">',
    'https://haff.example/a?b=1',
    '\n\n',
    'Ahoi',
    '{{',
    '%}',
    '{% raw %}',
    '{% include "/etc/passwd" %}',
  );
  const body = fc
    .array(fc.oneof(piece, fc.string()), { minLength: 1, maxLength: 12 })
    .map((parts) => parts.join(''));
  const channel = fc.constantFrom('email' as const, 'sms' as const, 'telegram' as const);
  fc.assert(
    fc.property(body, channel, (text, on) => {
      const variables = templateVariables({ contact: { first_name: 'Ada' } }, {});
      const rendered = renderer.render({
        ...base,
        class: 'service',
        channel: on,
        content: { subject: 'S', body: text },
        variables,
      });
      if (rendered.kind === 'failed') return;
      const { payload } = rendered;
      const out =
        payload.channel === 'email' ? payload.html : payload.channel === 'whatsapp' ? '' : payload.text;
      expect(out).not.toMatch(/\{\{\s*(firstName|lastName|x\.y\.z)|\{% (if|else|endif|raw|include)/);
      if (payload.channel === 'email') expect(out).not.toMatch(/<script|<[^>]*\son[a-z]+=|href="javascript/i);
    }),
    { numRuns: 500 },
  );
});

test('Feature: templates, Property 3: whatever a template says, compiling and rendering answer with a value', async () => {
  const piece = fc.constantFrom(
    '{{',
    '}}',
    '{%',
    '%}',
    'if',
    'for x in (1..99999999)',
    ' x | money: "?" ',
    '"',
    "'",
    '<p ',
    '>',
    '| date: "now"',
    '{{ firstName }}',
    '{% endfor %}',
    'x',
  );
  const source = fc
    .array(fc.oneof(piece, fc.string()), { minLength: 1, maxLength: 15 })
    .map((parts) => parts.join('') || 'x');
  let number = 1;
  await fc.assert(
    fc.asyncProperty(source, async (text) => {
      const result = await compiler.compile({
        channel: 'email',
        content: { default_locale: 'de', locales: { de: { subject: 'S', html: text } } },
      });
      if (result.kind === 'invalid') {
        expect(result.issues.length).toBeGreaterThan(0);
        return;
      }
      number += 1;
      const template = { ...version(result), number };
      const rendered = renderer.render({
        ...base,
        template,
        variables: templateVariables({ contact: { first_name: 'Ada' } }, {}),
      });
      expect(['rendered', 'failed']).toContain(rendered.kind);
    }),
    { numRuns: 300 },
  );
});
