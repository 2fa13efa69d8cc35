import { expect } from 'vitest';
import { report, reportTest as test } from '../testing/reports.js';
import type { SendingSchool } from '../testing/sending-school.js';

const startedIn = (chat: string, startedWith: string) =>
  report({ type: 'inbound', channel: 'telegram', address: chat, text: '/start', startedWith });
const chatsOf = async (school: SendingSchool, contact: string) =>
  (
    await school.query(`select address from identities where contact_id = $1 and kind = 'telegram'`, [
      contact,
    ])
  ).rows.map(({ address }) => address);

test('the first chat that a contact’s link begins is theirs: told, consented, answered', async ({
  school,
  reports,
}) => {
  await reports.apply([startedIn('4711', reports.contact)]);
  await reports.apply([startedIn('4712', reports.contact)]);
  expect(await chatsOf(school, reports.contact)).toEqual(['4711']);
  const { rows } = await school.query(
    `select type, contact_id from events where org_id = $1 and type in ('contact.updated', 'message.replied')
     order by recorded_at, id`,
    [school.id],
  );
  expect(rows).toEqual([
    { type: 'contact.updated', contact_id: reports.contact },
    { type: 'message.replied', contact_id: reports.contact },
    { type: 'message.replied', contact_id: null },
  ]);
  const consents = await school.query('select channel, state, source from consents where contact_id = $1', [
    reports.contact,
  ]);
  expect(consents.rows).toEqual([{ channel: 'telegram', state: 'granted', source: 'start_word' }]);
  const answers = await school.query(
    `select target->>'telegram' as chat from messages where org_id = $1 and source = 'system'`,
    [school.id],
  );
  expect(answers.rows).toEqual([{ chat: '4711' }]);
});

test('a chat stays with the contact that has it', async ({ school, reports }) => {
  const ben = await school.addContact({ email: 'ben@example.com' });
  await reports.apply([startedIn('4711', reports.contact)]);
  await reports.apply([startedIn('4711', ben)]);
  expect(await chatsOf(school, reports.contact)).toEqual(['4711']);
  expect(await chatsOf(school, ben)).toEqual([]);
});

test('links of another organization, and made-up ones, link nobody', async ({ school, reports }) => {
  const other = await school.neighbour('Another school');
  const theirs = await other.addContact({ email: 'cleo@example.com' });
  await reports.apply([startedIn('4711', theirs), startedIn('4712', 'forged')]);
  expect(await chatsOf(school, theirs)).toEqual([]);
  const { rows } = await school.query(
    `select address from identities where kind = 'telegram' and org_id = any ($1)`,
    [[school.id, other.id]],
  );
  expect(rows).toEqual([]);
});

test('who was merged into another is linked as that one', async ({ school, reports }) => {
  const ben = await school.addContact({ email: 'ben@example.com' });
  await school.query('update contacts set merged_into = $1 where id = $2', [reports.contact, ben]);
  await reports.apply([startedIn('4711', ben)]);
  expect(await chatsOf(school, reports.contact)).toEqual(['4711']);
});
