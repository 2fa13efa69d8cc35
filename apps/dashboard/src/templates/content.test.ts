import { expect, test } from 'vitest';
import type { Content } from './content';
import { asGiven, sameContent, withLanguage, withoutLanguage, withVariant } from './content';

const mail: Content = { default_locale: 'de', locales: { de: { subject: 'Ahoi', mjml: '<mj-text/>' } } };

test('a new language begins with the words of another, which stays as it is', () => {
  const both = withLanguage(mail, 'en', 'de');
  const translated = withVariant(both, 'en', { subject: 'Ahoy' });
  expect(translated.locales).toMatchObject({ de: { subject: 'Ahoi' }, en: { subject: 'Ahoy' } });
  expect(mail.locales).not.toHaveProperty('en');
  expect(withoutLanguage(translated, 'en')).toEqual(mail);
});

test('the language that everybody else gets cannot be taken out', () => {
  expect(withoutLanguage(mail, 'de')).toEqual(mail);
});

test('what may be left out is, when nothing stands in it; what must be there is not', () => {
  const typed = withVariant(mail, 'de', { preheader: '', text: '' });
  expect(asGiven(typed)).toEqual(mail);
  const sms: Content = { default_locale: 'de', locales: { de: { text: '' } } };
  expect(asGiven(sms)).toEqual(sms);
  const template = { name: 'a', language: 'de', body: [''], header: '', buttons: [] };
  const approved: Content = { default_locale: 'de', locales: { de: { template } } };
  expect(asGiven(approved).locales.de).toEqual({ template: { name: 'a', language: 'de', body: [''] } });
});

test('the order of fields is no difference', () => {
  expect(sameContent({ a: 1, b: { c: [1], d: 2 } }, { b: { d: 2, c: [1] }, a: 1 })).toBe(true);
  expect(sameContent({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
});
