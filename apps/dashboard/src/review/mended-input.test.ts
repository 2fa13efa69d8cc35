import { OutreachItem } from '@halyard/contracts/outreach/item';
import { expect, test } from 'vitest';
import { issuesInPayload, readInput } from './mended-input';

const id = '00000000-0000-4000-8000-000000000001';
const item = {
  id,
  tenant_id: id,
  user_id: id,
  channel: 'email',
  subject: 'Ahoy',
  body: 'Moin',
  target: { email: 'mia@mail.example' },
};

test('what is mended is read as it was typed', () => {
  expect(readInput(JSON.stringify(item, null, 2), OutreachItem)).toEqual({ kind: 'read', payload: item });
});

test('text that is no JSON is told by its line', () => {
  expect(readInput('{\n  "id": "x",\n  "body" "y"\n}', OutreachItem)).toEqual({ kind: 'broken', line: 3 });
  expect(readInput('', OutreachItem)).toMatchObject({ kind: 'broken' });
});

test('what is wrong is told by its field, here as by the API', () => {
  expect(readInput(JSON.stringify({ ...item, target: {} }), OutreachItem)).toEqual({
    kind: 'wrong',
    issues: [{ path: 'target.email', message: 'An item for email needs target.email.' }],
  });
  expect(readInput('null', OutreachItem)).toMatchObject({ kind: 'wrong', issues: [{ path: '' }] });
  expect(issuesInPayload({ 'payload.body': 'Mend it.' })).toEqual([{ path: 'body', message: 'Mend it.' }]);
});
