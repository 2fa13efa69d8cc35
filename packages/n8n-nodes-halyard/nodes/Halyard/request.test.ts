import type { INodeProperties } from 'n8n-workflow';
import { expect, test } from 'vitest';
import { additional, date, json, text } from './fields/collections';
import { contactReference, contactReferenceSent } from './fields/contact-reference';
import { productOrKey, productOrKeySent } from './fields/locators';
import type { Operation } from './operation';
import { requestOf } from './request';

const operation = (properties: INodeProperties[], more: Partial<Operation> = {}): Operation => ({
  value: 'do',
  name: 'Do',
  action: 'Do it',
  description: 'Does it',
  method: 'POST',
  path: '/things',
  properties,
  ...more,
});

const asked = (what: Operation, parameters: Record<string, unknown>) =>
  requestOf(what, (name) => parameters[name], 'Europe/Berlin');

test('parameters go by their name, those of collections too; what is empty is not sent, null is', () => {
  const what = operation([
    text('First Name', 'firstName'),
    additional([text('Time Zone', 'timeZone'), text('Locale', 'locale')]),
  ]);
  const parameters = { firstName: '', additionalFields: { timeZone: null, locale: 'de' } };
  expect(asked(what, parameters).body).toEqual({ time_zone: null, locale: 'de' });
});

test('only the way that was chosen to name a contact counts, and its details are merged', () => {
  const what = operation([...contactReference(), additional([json('Contact', 'more', '')])], {
    sent: { ...contactReferenceSent, more: { as: 'contact' } },
  });
  const parameters = {
    contactBy: 'email',
    contactEmail: 'ada@example.com',
    contactId: 'left over from before',
    additionalFields: { more: '{"first_name":"Ada"}' },
  };
  expect(asked(what, parameters).body).toEqual({ contact: { email: 'ada@example.com', first_name: 'Ada' } });
});

test('a locator stands where its mode says; an expression may give the value alone', () => {
  const what = operation([productOrKey], { sent: { productId: productOrKeySent } });
  expect(asked(what, { productId: { mode: 'key', value: 'sailing' } }).body).toEqual({
    product_key: 'sailing',
  });
  expect(asked(what, { productId: { mode: 'list', value: 'p1' } }).body).toEqual({ product_id: 'p1' });
  expect(asked(what, { productId: 'p1' }).body).toEqual({ product_id: 'p1' });
  expect(asked(what, { productId: { mode: 'list', value: '' } }).body).toEqual({});
});

test('names in the path are encoded and not sent again; one that is empty is said', () => {
  const what = operation([text('Thing ID', 'thingId'), date('From', 'startsFrom')], {
    method: 'GET',
    path: '/things/:thingId',
  });
  const parameters = { thingId: 'a/b', startsFrom: '2026-05-01T09:00:00' };
  expect(asked(what, parameters)).toEqual({
    method: 'GET',
    path: '/things/a%2Fb',
    query: { starts_from: '2026-05-01T07:00:00.000Z' },
  });
  expect(() => asked(what, { ...parameters, thingId: '' })).toThrow('Thing ID is empty');
});

test('JSON that cannot be read is said with the name of its parameter', () => {
  expect(() => asked(operation([json('Payload', 'payload', '')]), { payload: '{' })).toThrow(
    'Payload is not valid JSON',
  );
});

test('a list is written with commas or comes as one', () => {
  const what = operation([text('Contact IDs', 'contactIds')], { sent: { contactIds: { list: true } } });
  expect(asked(what, { contactIds: 'a, b,' }).body).toEqual({ contact_ids: ['a', 'b'] });
  expect(asked(what, { contactIds: ['a', 'b'] }).body).toEqual({ contact_ids: ['a', 'b'] });
});
