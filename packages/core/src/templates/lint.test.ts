import type { Channel } from '@halyard/contracts/primitives';
import { expect, test } from 'vitest';
import type { CompiledEmail, CompiledVariant } from './compiled.js';
import { lintTemplate } from './lint.js';

const good: CompiledEmail = {
  kind: 'email',
  subject: 'Your course',
  preheader: 'Three days to go',
  html: `<html><head><meta name="color-scheme" content="light dark"></head><body>${'words '.repeat(30)}</body></html>`,
  text: 'words '.repeat(30),
  links_unsubscribe: true,
  names_address: true,
};

function codes(
  variant: CompiledVariant,
  {
    variables = [],
    address = null,
    channel = 'email',
  }: { variables?: string[]; address?: string | null; channel?: Channel } = {},
) {
  const compiled = { default_locale: 'en', locales: { en: variant }, fallback: {} };
  const context = { channel, organization: { postalAddress: address } };
  return lintTemplate(compiled, variables, context).map((finding) => finding.code);
}
const body = (html: string): CompiledEmail => ({
  ...good,
  html: good.html.replace('</body>', `${html}</body>`),
});

test('a good mail gets no advice', () => {
  expect(codes(good, { variables: ['firstName', 'contact.attributes.level', 'organization.name'] })).toEqual(
    [],
  );
});

test.each([
  ['no_postal_address', { ...good, names_address: false }],
  ['no_unsubscribe_link', { ...good, links_unsubscribe: false }],
  ['no_preheader', { ...good, preheader: null }],
  ['no_dark_mode', { ...good, html: `<p>${'words '.repeat(30)}</p>` }],
  ['html_too_large', body('x'.repeat(103_000))],
  ['subject_long', { ...good, subject: 'word '.repeat(20) }],
  ['subject_shouts', { ...good, subject: 'LAST CHANCE!' }],
  ['no_default', { ...good, subject: 'Hi {{ firstName }}' }],
  ['image_without_alt', body('<img src="https://x.example/a.png">')],
  ['image_address', body('<img alt="" src="/a.png">')],
  ['image_embedded', body('<img alt="" src="data:image/png;base64,AAAA">')],
  ['image_too_wide', body('<img alt="" width="2400" src="https://x.example/a.png">')],
  ['mostly_images', { ...body('<img alt="" src="https://x.example/a.png">'), text: 'Look!' }],
  ['link_without_target', body('<a href="">x</a>')],
  ['link_not_https', body('<a href="http://x.example">x</a>')],
] as const)('%s', (code, variant) => {
  expect(codes(variant)).toEqual([code]);
});

test('an unknown variable is told, with the one that was meant', () => {
  const compiled = { default_locale: 'en', locales: { en: good }, fallback: {} };
  const context = { channel: 'email' as const, organization: { postalAddress: null } };
  expect(lintTemplate(compiled, ['first_name'], context)).toMatchObject([
    { code: 'unknown_variable', message: expect.stringContaining('Did you mean {{firstName}}?') },
  ]);
});

test('an SMS is told how it is billed', () => {
  expect(codes({ kind: 'text', text: 'Ahoi' }, { channel: 'sms' })).toEqual([]);
  expect(codes({ kind: 'text', text: '„Ahoi“' }, { channel: 'sms' })).toEqual(['sms_not_gsm7']);
  expect(codes({ kind: 'text', text: 'x'.repeat(500) }, { channel: 'sms' })).toEqual(['sms_long']);
});

test('a chat text that its vendor takes from nobody is told', () => {
  const long = { kind: 'text' as const, text: `${'x'.repeat(2_000)}{{ eventName }}` };
  expect(codes(long, { channel: 'discord' })).toEqual([]);
  expect(codes({ ...long, text: `${long.text}!` }, { channel: 'discord' })).toEqual(['chat_too_long']);
  expect(codes({ ...long, text: `${long.text}!` }, { channel: 'telegram' })).toEqual([]);
});
