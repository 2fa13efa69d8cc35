import { expect, test } from 'vitest';
import { guessMapping, keyOf, namesSomebody } from './guess-meaning';

test.each([
  ['E-Mail-Adresse', 'email'],
  ['Vorname', 'first_name'],
  ['Surname', 'last_name'],
  ['Telefonnummer', 'phone'],
  ['Mobile', 'phone'],
  ['Kunden-Nr.', 'external_id'],
  ['Zeitzone', 'time_zone'],
  ['Prénom', 'first_name'],
  ['Newsletter', 'consent.email'],
  ['Opt-in date', 'consent_at'],
  ['consent.email.news', 'consent.email.news'],
  ['attributes.level', 'attributes.level'],
  ['Bootsklasse (2026)', 'attributes.bootsklasse_2026'],
  ['Größe', 'attributes.größe'],
])('the column %j means %j', (header, meaning) => {
  expect(guessMapping([header], [])).toEqual({ [header]: meaning });
});

test('what stands in a column tells what its header does not', () => {
  const rows = [
    ['lena@mail.example', '+49 151 23456789', '04103'],
    ['ole@mail.example', '', '24103'],
  ];
  expect(guessMapping(['Kontakt', 'Erreichbar', 'PLZ'], rows)).toEqual({
    Kontakt: 'email',
    Erreichbar: 'phone',
    PLZ: 'attributes.plz',
  });
});

test('a field is filled by one column only', () => {
  expect(guessMapping(['Email', 'Email 2'], [])).toEqual({ Email: 'email', 'Email 2': 'attributes.email_2' });
});

test('an export of ours is taken back as it is', () => {
  const mapping = guessMapping(['id', 'external_id', 'email', 'identities', 'attributes', 'updated_at'], []);
  expect(mapping).toEqual({
    id: 'ignore',
    external_id: 'external_id',
    email: 'email',
    identities: 'identities',
    attributes: 'attributes',
    updated_at: 'updated_at',
  });
});

test('a file needs a column that tells who is who', () => {
  expect(namesSomebody({ a: 'first_name', b: 'attributes.email' })).toBe(false);
  expect(namesSomebody({ a: 'phone' })).toBe(true);
  expect(keyOf('  ')).toBe('column');
});
