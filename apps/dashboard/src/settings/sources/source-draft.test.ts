import { OutreachSourceInput } from '@halyard/contracts/outreach/source';
import { expect, test } from 'vitest';
import type { OutreachSource } from '../../data/settings';
import { guessed, withMeaning } from './column-parts';
import { draftOf, mappingOf, tableOf } from './source-draft';

const userId = '00000000-0000-4000-8000-000000000001';
const column = (name: string, type = 'text', key = false) => ({ name, type, key });
const table = [
  column('id', 'bigint', true),
  column('Betreff'),
  column('text'),
  column('email'),
  column('user_id', 'bigint'),
  column('status'),
  column('error'),
  column('sent_at', 'timestamp with time zone'),
];

test('columns that are called as what they hold are found, ids only where they are texts', () => {
  expect(guessed({}, table)).toEqual({
    'columns.id': 'id',
    'columns.subject': 'Betreff',
    'columns.body': 'text',
    'columns.email': 'email',
    'write_back.status': 'status',
    'write_back.error': 'error',
    'write_back.sent_at': 'sent_at',
  });
});

test('what somebody chose is never guessed away', () => {
  const chosen = { 'columns.body': 'Betreff' };
  expect(guessed(chosen, table)).toMatchObject(chosen);
  expect(guessed(chosen, table)['columns.subject']).toBeUndefined();
});

test('a column has one meaning, and a meaning one column', () => {
  const mapping = { 'columns.body': 'text', 'columns.subject': 'title' };
  expect(withMeaning(mapping, 'title', 'columns.body')).toEqual({ 'columns.body': 'title' });
  expect(withMeaning(mapping, 'title', '')).toEqual({ 'columns.body': 'text' });
});

test('what the form sends is taken, and comes back as the same form', () => {
  const draft = {
    ...draftOf(null),
    name: 'Content generator',
    url: ' postgres://halyard:secret@db.example.com/content ',
    table: 'outreach',
    mapping: guessed({}, table),
  };
  const sent = OutreachSourceInput.parse({
    name: draft.name,
    poll_seconds: Number(draft.poll_seconds),
    ...tableOf(draft),
    ...mappingOf(draft, userId),
  });
  expect(sent.defaults).toEqual({ channel: 'email', user_id: userId });
  expect({ ...draftOf(sent as unknown as OutreachSource), url: draft.url }).toEqual(draft);
});
