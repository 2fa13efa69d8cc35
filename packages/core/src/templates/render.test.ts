import { expect, test } from 'vitest';
import type { RenderInput } from '../delivery/renderer.js';
import type { ContactId, MessageId, OrgId } from '../ids.js';
import { countedIds } from '../ids.js';
import { LinkTokens } from '../tracking/link-tokens.js';
import type { CompiledEmail, CompiledTemplate } from './compiled.js';
import { TemplateRenderer } from './render.js';
import { templateVariables } from './variables.js';

const tokens = new LinkTokens('0123456789abcdef0123456789abcdef', 'https://go.example.com/');
const renderer = new TemplateRenderer(tokens);
const id = countedIds();
const ids = { orgId: id<OrgId>(), messageId: id<MessageId>(), contactId: id<ContactId>() };

const facts = {
  contact: { first_name: 'Ada', last_name: 'Lovelace', attributes: { level: 'SKS' } },
  subject: { starts_at: '2026-07-01T07:00:00Z', time_zone: 'Europe/Berlin' },
  product: { name: 'Törn', location: { name: 'Hafen', address: 'Kai 1, Ueckermünde' } },
  organization: { name: 'Haff Segeln' },
};

const email = (part: Partial<CompiledEmail>): CompiledEmail => ({
  kind: 'email',
  subject: 'Hello {{firstName}}',
  preheader: null,
  html: '<html><body><p>{{eventName}} on {{eventDate}} at {{eventTime}}</p></body></html>',
  text: '{{eventName}} on {{eventDate}} at {{eventTime}}',
  links_unsubscribe: false,
  names_address: false,
  ...part,
});

let number = 0;
const template = (compiled: CompiledTemplate, channel: RenderInput['channel'] = 'email') => ({
  templateId: 't',
  key: 'reminder',
  channel,
  number: ++number,
  compiled,
});
const inEnglish = (part: Partial<CompiledEmail>) =>
  template({ default_locale: 'en', locales: { en: email(part) }, fallback: {} });

const input = (part: Partial<RenderInput>): RenderInput => ({
  ...ids,
  class: 'transactional',
  topic: '*',
  channel: 'email',
  template: null,
  content: null,
  locales: ['en'],
  timeZone: 'America/New_York',
  variables: templateVariables(facts, {}),
  to: { address: 'ada@example.com', name: 'Ada' },
  sender: { from_address: 'hello@haff.example', from_name: 'Haff Segeln', sender: 'HaffSegeln' },
  organization: { name: 'Haff Segeln', postalAddress: 'Kai 1\n17373 Ueckermünde', website: null },
  tracking: { opens: false, clicks: false },
  ...part,
});

function mail(part: Partial<RenderInput>) {
  const rendered = renderer.render(input(part));
  if (rendered.kind !== 'rendered' || rendered.payload.channel !== 'email')
    throw new Error(JSON.stringify(rendered));
  return { ...rendered.payload, links: rendered.links };
}

test('the event is dated in the language of the variant and on the clock of the place', () => {
  const both = { default_locale: 'en', locales: { en: email({}), de: email({}) }, fallback: {} };
  expect(mail({ template: template(both) }).text).toBe('Törn on July 1, 2026 at 9:00 AM');
  expect(mail({ template: template(both), locales: ['de-AT', 'de'] }).text).toBe(
    'Törn on 1. Juli 2026 at 09:00',
  );
});

test('a locale without a variant falls to its language, the organization’s, the default', () => {
  const locales = {
    'de-DE': email({ subject: 'de' }),
    fr: email({ subject: 'fr' }),
    en: email({ subject: 'en' }),
  };
  const subject = (wanted: string[]) =>
    mail({ template: template({ default_locale: 'en', locales, fallback: {} }), locales: wanted }).subject;
  expect(subject(['de-AT', 'de'])).toBe('de');
  const meant = template({ default_locale: 'en', locales, fallback: {} });
  expect(renderer.render(input({ template: meant, locales: ['de'] }))).toMatchObject({
    variant: { locale: 'de-DE' },
  });
  expect(subject(['de_de'])).toBe('de');
  expect(subject(['it', 'fr'])).toBe('fr');
  expect(subject(['it'])).toBe('en');
  expect(subject([])).toBe('en');
});

test('a variant that cannot be rendered gives way to the fallback of the same language', () => {
  const broken = email({ subject: '{{ 5 | money: "NOPE" }}' });
  const compiled = {
    default_locale: 'en',
    locales: { en: broken, de: broken },
    fallback: { en: email({ subject: 'News' }), de: email({ subject: 'Neues' }) },
  };
  const fallback = renderer.render(input({ template: template(compiled), locales: ['de'] }));
  expect(fallback).toMatchObject({
    payload: { subject: 'Neues' },
    variant: { locale: 'de', instead_of: expect.stringContaining('NOPE') },
  });
  const failed = renderer.render(input({ template: template({ ...compiled, fallback: {} }) }));
  expect(failed).toMatchObject({ kind: 'failed', reason: expect.stringContaining('NOPE') });
});

test('marketing mail carries both one-click headers, the address and a way out', () => {
  const sent = mail({ template: inEnglish({}), class: 'marketing' });
  const url = sent.headers['List-Unsubscribe']?.slice(1, -1) ?? '';
  expect(sent.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click');
  expect(tokens.read('unsubscribe', url.split('/u/')[1] ?? '')).toEqual(ids);
  for (const part of [sent.html, sent.text]) {
    expect(part).toContain(url);
    expect(part).toContain('Kai 1, 17373 Ueckermünde');
  }
  expect(mail({ template: inEnglish({}) })).toMatchObject({
    headers: {},
    html: expect.not.stringContaining('/u/'),
  });
});

test('a body with its own unsubscribe link gets no second one', () => {
  const own = inEnglish({
    html: '<body><a href="{{unsubscribeUrl}}">out</a></body>',
    links_unsubscribe: true,
  });
  const sent = mail({ template: own, class: 'marketing', tracking: { opens: true, clicks: true } });
  expect(sent.html.match(/\/u\//g)).toHaveLength(1);
  expect(sent.links).toEqual([]);
});

test('a way out that stands in a branch not taken is added after all', () => {
  const html = '<body>{% if vip %}<a href="{{unsubscribeUrl}}">out</a>{% endif %}</body>';
  const sent = mail({ template: inEnglish({ html, links_unsubscribe: true }), class: 'marketing' });
  expect(sent.html.match(/\/u\//g)).toHaveLength(1);
});

test('links become signed ids of their targets, and the pixel ends the body', () => {
  const html = `<html><body><a class="b" href="https://haff.example/?a=1&amp;b={{contact.attributes.level}}">x</a>
    <a href='mailto:a@b.c'>y</a></body></html>`;
  const sent = mail({ template: inEnglish({ html }), tracking: { opens: true, clicks: true } });
  expect(sent.links).toEqual([{ id: expect.any(String), url: 'https://haff.example/?a=1&b=SKS' }]);
  const clicked = /href="https:\/\/go\.example\.com\/t\/c\/([^"]+)"/.exec(sent.html)?.[1] ?? '';
  const { orgId, messageId } = ids;
  expect(tokens.read('click', clicked)).toEqual({ orgId, messageId, linkId: sent.links[0]?.id });
  expect(sent.html).toContain('mailto:a@b.c');
  expect(sent.html).toMatch(/<img src="https:\/\/go\.example\.com\/t\/o\/[^"]+"[^>]*><\/body>/);
});

test('the preheader comes first in the body', () => {
  const sent = mail({ template: inEnglish({ preheader: 'Soon, {{firstName}} & co' }) });
  expect(sent.html).toMatch(/<body><div style="display:none[^>]*>Soon, Ada &amp; co/);
});

test('the same input gives the same bytes', () => {
  const same = input({
    template: inEnglish({}),
    class: 'marketing',
    tracking: { opens: true, clicks: true },
  });
  expect(renderer.render(same)).toEqual(new TemplateRenderer(tokens).render(same));
});

test('content given with the message is laid out for each channel', () => {
  const content = { body: 'Hi {{firstName}},\n\nsee https://haff.example/a?b=1&c=2.\nBye' };
  const sent = mail({ content, tracking: { opens: false, clicks: true } });
  expect(sent.subject).toBe('Hi Ada,');
  expect(sent.html).toContain('<p>Hi Ada,</p>');
  expect(sent.links.map((link) => link.url)).toEqual(['https://haff.example/a?b=1&c=2']);
  expect(sent.text).toBe('Hi Ada,\n\nsee https://haff.example/a?b=1&c=2.\nBye');
  const html = { subject: 'S', body: '<p onclick="x()">Hi <b>{{firstName}}</b><script>x()</script></p>' };
  expect(mail({ content: html }).html).toContain('<p>Hi <b>Ada</b></p>');
  expect(renderer.render(input({ content: html, channel: 'telegram' }))).toMatchObject({
    payload: { channel: 'telegram', text: 'Hi Ada' },
  });
});

test('a text that the vendor would not take whole gives way to the fallback, or is refused with the reason', () => {
  const long = { kind: 'text' as const, text: 'x'.repeat(2_001) };
  const compiled = {
    default_locale: 'en',
    locales: { en: long },
    fallback: { en: { kind: 'text' as const, text: 'News' } },
  };
  const rendered = (channel: 'discord' | 'telegram', fallback = compiled.fallback) =>
    renderer.render(input({ template: template({ ...compiled, fallback }), channel }));
  expect(rendered('telegram')).toMatchObject({ payload: { text: long.text } });
  expect(rendered('discord')).toMatchObject({ payload: { text: 'News' } });
  const refused = renderer.render(input({ content: { body: long.text }, channel: 'discord' }));
  expect(refused).toEqual({ kind: 'failed', reason: expect.stringContaining('discord takes 2000') });
});

test('WhatsApp templates get their parameters in one line each', () => {
  const whatsapp = template(
    {
      default_locale: 'de',
      locales: {
        de: {
          kind: 'whatsapp_template',
          name: 'reminder',
          language: 'de',
          body: ['{{firstName}}', '{{note}}'],
          header: null,
          buttons: [],
        },
      },
      fallback: {},
    },
    'whatsapp',
  );
  const variables = templateVariables(facts, { note: 'line 1\nline 2' });
  expect(renderer.render(input({ template: whatsapp, channel: 'whatsapp', variables }))).toMatchObject({
    payload: { template: { name: 'reminder', body: ['Ada', 'line 1 line 2'] } },
  });
  expect(renderer.render(input({ template: whatsapp, channel: 'whatsapp' }))).toMatchObject({
    kind: 'failed',
    reason: expect.stringContaining('empty'),
  });
});

test('a mail cannot get a header of the contact’s making', () => {
  const variables = templateVariables({ contact: { first_name: 'A\r\nBcc: all@example.com' } }, {});
  const sent = mail({ template: inEnglish({}), variables, to: { address: 'a@b.c', name: 'A\nB' } });
  expect(sent.subject).toBe('Hello A Bcc: all@example.com');
  expect(sent.to.name).toBe('A B');
});
