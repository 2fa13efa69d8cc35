import type { ProviderReport } from '@halyard/core/delivery/provider';
import { expect, vi } from 'vitest';
import { ada, report, reportTest as test } from '../testing/reports.js';

const inbound = (text: string, given: Partial<ProviderReport> = {}) =>
  report({ type: 'inbound', channel: 'sms', address: ada.phone.slice(1), text, ...given });

test('a delivery report moves the message forward, found by the provider’s id', async ({
  school,
  reports,
}) => {
  const id = await reports.send();
  const { provider_message_id } = await school.row(id);
  const at = new Date();
  await reports.apply([
    report({ type: 'delivered', providerMessageId: provider_message_id, occurredAt: at }),
  ]);
  expect(await school.row(id)).toMatchObject({ status: 'delivered', delivered_at: at });
  expect(await school.eventsOf(id)).toEqual(['message.delivered', 'message.sent']);
});

test('a report that is quicker than the record of the call is applied with it', async ({
  school,
  reports,
}) => {
  school.provider.answer = async () => {
    await reports.apply([report({ type: 'delivered', providerMessageId: 'quick' })]);
    return { kind: 'accepted', providerMessageId: 'quick' };
  };
  const id = await reports.send();
  expect(await school.row(id)).toMatchObject({ status: 'delivered' });
  expect(await school.eventsOf(id)).toEqual(['message.delivered', 'message.sent']);
});

test('a report that comes while the call is being recorded is not missed', async ({ school, reports }) => {
  await school.query('update connections set breaker_failures = 1 where id = $1', [reports.connection]);
  const other = await school.db.owner.connect();
  const waiting = async () =>
    (
      await school.query(
        `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      )
    ).rowCount ?? 0;
  school.provider.answer = async () => {
    // The last thing that recording does is to move the breaker: there it is held up.
    await other.query('begin');
    await other.query('select from connections where id = $1 for no key update', [reports.connection]);
    return { kind: 'accepted', providerMessageId: 'meeting' };
  };
  const sent = reports.send();
  await vi.waitFor(async () => expect(await waiting()).toBeGreaterThan(0));
  const reported = reports.apply([report({ type: 'delivered', providerMessageId: 'meeting' })]);
  await Promise.race([reported, vi.waitFor(async () => expect(await waiting()).toBeGreaterThan(1))]);
  await other.query('rollback');
  other.release();
  const id = await sent;
  await reported;
  expect(await school.row(id)).toMatchObject({ status: 'delivered' });
});

test('a hard bounce ends the message and suppresses the address; nothing is sent there again', async ({
  school,
  reports,
}) => {
  const id = await reports.send();
  await reports.apply([report({ type: 'bounced', messageId: id, detail: '550 no such user' })]);
  await reports.apply([report({ type: 'delivered', messageId: id })]);
  expect(await school.row(id)).toMatchObject({ status: 'bounced' });
  expect(await reports.suppressions()).toEqual([{ address: ada.email, reason: 'hard_bounce' }]);
  const next = await reports.send();
  expect(await school.row(next)).toMatchObject({ status: 'skipped', reason: 'suppressed' });
});

test('the third message that bounces softly suppresses the address', async ({ school, reports }) => {
  for (let n = 0; n < 3; n++) {
    expect(await reports.suppressions()).toEqual([]);
    const id = await reports.send();
    await reports.apply([
      report({ type: 'soft_bounced', messageId: id }),
      report({ type: 'soft_bounced', messageId: id }),
    ]);
    expect(await school.row(id)).toMatchObject({ status: 'sent' });
  }
  expect(await reports.suppressions()).toEqual([{ address: ada.email, reason: 'soft_bounces' }]);
});

test('so it does at an address that is no contact’s', async ({ school, reports }) => {
  for (let n = 0; n < 3; n++) {
    expect(await reports.suppressions()).toEqual([]);
    const id = await reports.send();
    // As an outreach item to an address alone leaves it.
    await school.query('update messages set contact_id = null where id = $1', [id]);
    await reports.apply([report({ type: 'soft_bounced', messageId: id })]);
  }
  expect(await reports.suppressions()).toEqual([{ address: ada.email, reason: 'soft_bounces' }]);
});

test('a complaint suppresses and withdraws the consent', async ({ school, reports }) => {
  const id = await reports.send();
  await reports.apply([report({ type: 'complained', messageId: id })]);
  expect(await reports.suppressions()).toEqual([{ address: ada.email, reason: 'complaint' }]);
  const { rows } = await school.query('select state, source from consents where contact_id = $1', [
    reports.contact,
  ]);
  expect(rows).toEqual([{ state: 'withdrawn', source: 'complaint' }]);
});

test('a report resolves a send of which nobody knew, and closes its review item', async ({
  school,
  reports,
}) => {
  school.provider.answer = () => ({ kind: 'unknown', code: 'timeout', detail: '' });
  const id = await reports.send();
  expect(await school.row(id)).toMatchObject({ status: 'unknown' });
  const attemptId = school.provider.requests[0]?.attemptId;
  await reports.apply([report({ type: 'delivered', ...(attemptId && { attemptId }) })]);
  expect(await school.row(id)).toMatchObject({ status: 'delivered', sent_at: expect.any(Date) });
  expect(await school.eventsOf(id)).toEqual(['message.delivered', 'message.sent']);
  const { rows } = await school.query('select status from review_items where subject_id = $1', [id]);
  expect(rows).toEqual([{ status: 'resolved' }]);
});

test('a report that comes while its call is under way tells that it was sent, and the call does not again', async ({
  school,
  reports,
}) => {
  school.provider.answer = async ({ attemptId }) => {
    await reports.apply([report({ type: 'delivered', attemptId })]);
    return { kind: 'accepted', providerMessageId: 'under-way' };
  };
  const id = await reports.send();
  expect(await school.row(id)).toMatchObject({ status: 'delivered', lease_owner: null });
  expect(await school.eventsOf(id)).toEqual(['message.delivered', 'message.sent']);
  const { rows } = await school.query('select outcome from attempts where message_id = $1', [id]);
  expect(rows).toEqual([{ outcome: 'accepted' }]);
});

test('opens and clicks count, but not those of machines', async ({ school, reports }) => {
  const id = await reports.send();
  const sentAt = school.clock.now().getTime();
  const after = (seconds: number) => new Date(sentAt + seconds * 1000);
  await reports.apply([report({ type: 'clicked', messageId: id, occurredAt: after(1) })]);
  expect(await school.row(id)).toMatchObject({ clicked_at: null, opened_at: null });
  await reports.apply([report({ type: 'clicked', messageId: id, occurredAt: after(60) })]);
  expect(await school.row(id)).toMatchObject({ clicked_at: after(60), opened_at: after(60) });
});

test('STOP suppresses the number, withdraws consent and is confirmed once; START takes it back', async ({
  school,
  reports,
}) => {
  await reports.apply([inbound('Stopp!')]);
  await reports.apply([inbound('STOP')]);
  expect(await reports.suppressions()).toEqual([{ address: ada.phone, reason: 'stop' }]);
  await school.worker().settle();
  school.clock.set(new Date(Date.now() + 1000));
  await school.worker().settle();
  expect(school.provider.sentTo).toEqual([ada.phone]);
  const marketing = await school.addMessage(reports.contact, { at: school.clock.now(), channels: ['sms'] });
  await school.worker().settle();
  expect(await school.row(marketing)).toMatchObject({ status: 'skipped', reason: 'suppressed' });
  await reports.apply([inbound('start')]);
  expect(await reports.suppressions()).toEqual([]);
  const { rows } = await school.query('select state from consents where contact_id = $1 order by seq', [
    reports.contact,
  ]);
  expect(rows.map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn', 'granted']);
});

test('a START that comes in after a later STOP changes nothing', async ({ reports }) => {
  const at = (minute: number) => new Date(Date.now() - (60 - minute) * 60_000);
  await reports.apply([inbound('STOP', { occurredAt: at(10) })]);
  await reports.apply([inbound('START', { occurredAt: at(5) })]);
  expect(await reports.suppressions()).toEqual([{ address: ada.phone, reason: 'stop' }]);
});

test('an answer is recorded with the message that it answers, for flows to wait for', async ({
  school,
  reports,
}) => {
  const id = await reports.send({ channels: ['sms'] });
  await reports.apply([inbound('Please do not stop')]);
  expect(await school.eventsOf(id)).toEqual(['message.replied', 'message.sent']);
  expect(await reports.suppressions()).toEqual([]);
});

test('reports of another organization move nothing here', async ({ school, reports }) => {
  const id = await reports.send();
  const other = await school.neighbour('Another school');
  const theirs = await other.addConnection();
  const bounced = report({ type: 'bounced', messageId: id, address: ada.email });
  await reports.apply([bounced], theirs, other.id);
  expect(await school.row(id)).toMatchObject({ status: 'sent' });
  expect(await reports.suppressions()).toEqual([]);
});
