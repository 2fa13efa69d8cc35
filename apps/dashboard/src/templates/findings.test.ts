import { expect, test } from 'vitest';
import { findingsAt, placed, refusals } from './findings';

const advice = (path: string) => placed({ severity: 'info', code: 'c', path, message: path });

test('advice and refusals are told at the field that they are about', () => {
  const found = [
    advice('locales.de.subject'),
    advice('locales.en.subject'),
    advice('locales.de.body'),
    advice('locales.de-AT.template.body.0'),
    advice('variables'),
    ...refusals([{ path: 'content.locales.de.mjml', message: 'Line 1: no' }]),
    ...refusals([{ path: 'body.content.locales.de.subject', message: 'Too small' }]),
  ];
  const paths = (locale: string, field: string) => findingsAt(found, locale, field).map(({ path }) => path);
  expect(paths('de', 'subject')).toEqual(['locales.de.subject', 'body.content.locales.de.subject']);
  expect(paths('de', 'body')).toEqual(['locales.de.body', 'content.locales.de.mjml']);
  expect(paths('de-AT', 'template.body.0')).toHaveLength(1);
  expect(found.filter(({ locale }) => locale === null).map(({ path }) => path)).toEqual(['variables']);
});
