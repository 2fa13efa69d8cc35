import type { ProviderReport } from '@halyard/core/delivery/provider';
import type { ConnectionId, MessageId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { describe, expect } from 'vitest';
import { ada, report, reportTest as test } from '../testing/reports.js';
import type { SendingSchool } from '../testing/sending-school.js';

const bounced = (messageId: MessageId, given: Partial<ProviderReport> = {}): ProviderReport =>
  report({ type: 'bounced', messageId, ...given });
const connectionRow = async (school: SendingSchool, id: ConnectionId) =>
  (await school.query('select status, breaker_reason from connections where id = $1', [id])).rows[0];

test('what was refused for itself ends the message and spares the address', async ({ school, reports }) => {
  const id = await reports.send();
  await reports.apply([bounced(id, { refused: 'message', detail: '5.2.2: full' })]);
  expect(await school.row(id)).toMatchObject({ status: 'bounced' });
  expect(await reports.suppressions()).toEqual([]);
  expect(await connectionRow(school, reports.connection)).toMatchObject({ status: 'active' });
});

describe('a bounce that refuses the sender', () => {
  const pausing = { refused: 'sender', detail: '5.7.1: blocked' } as const;

  test('pauses the connection, says why, and spares the address', async ({ school, reports }) => {
    await reports.apply([bounced(await reports.send(), pausing)]);
    expect(await connectionRow(school, reports.connection)).toEqual({
      status: 'paused',
      breaker_reason: '5.7.1: blocked',
    });
    expect(await reports.suppressions()).toEqual([]);
    const { rows } = await school.query(
      `select changes from audit_log where org_id = $1 and action = 'connection.paused'`,
      [school.id],
    );
    expect(rows).toEqual([{ changes: { status: 'paused', reason: '5.7.1: blocked' } }]);
  });

  test('does not undo that somebody mended the connection since', async ({ school, reports }) => {
    const id = await reports.send();
    await school.query(`update connections set updated_at = now() + interval '1 minute' where id = $1`, [
      reports.connection,
    ]);
    await reports.apply([bounced(id, pausing)]);
    expect(await connectionRow(school, reports.connection)).toMatchObject({ status: 'active' });
    expect(await school.row(id)).toMatchObject({ status: 'bounced' });
  });
});

describe('a report that nobody vouches for', () => {
  const unproven = (id: MessageId, address: string) => bounced(id, { address, unproven: true });

  test('counts for the message to that address, however it is written', async ({ school, reports }) => {
    const id = await reports.send();
    expect(await reports.apply([unproven(id, 'Ada@Example.com')])).toEqual({ applied: 1 });
    expect(await school.row(id)).toMatchObject({ status: 'bounced' });
    expect(await reports.suppressions()).toEqual([{ address: ada.email, reason: 'hard_bounce' }]);
  });

  test('does nothing, and leaves nothing, for another address, message, connection or organization', async ({
    school,
    reports,
  }) => {
    const id = await reports.send();
    const forged = [
      unproven(id, 'ben@example.com'),
      unproven(randomIds(), 'ben@example.com'),
      unproven(id, ''),
    ];
    expect(await reports.apply(forged)).toEqual({ applied: 0 });
    const backup = await school.addConnection();
    expect(await reports.apply([unproven(id, ada.email)], backup)).toEqual({ applied: 0 });
    const other = await school.neighbour('Another school');
    const theirs = await other.addConnection();
    expect(await reports.apply([unproven(id, ada.email)], theirs, other.id)).toEqual({ applied: 0 });
    expect(await school.row(id)).toMatchObject({ status: 'sent' });
    const { rows } = await school.query(
      'select address from suppressions where org_id = any ($1) union all select report_key from provider_reports where org_id = any ($1)',
      [[school.id, other.id]],
    );
    expect(rows).toEqual([]);
  });

  test('does nothing for a message that was never handed over', async ({ school, reports }) => {
    school.provider.answer = () => ({ kind: 'rejected', code: '550', detail: 'no' });
    const id = await reports.send();
    expect(await reports.apply([unproven(id, ada.email)])).toEqual({ applied: 0 });
    expect(await school.row(id)).not.toMatchObject({ status: 'bounced' });
  });

  test('settles a message of which nobody knew whether it went out', async ({ school, reports }) => {
    school.provider.answer = () => ({ kind: 'unknown', code: 'timeout', detail: '' });
    const id = await reports.send();
    await reports.apply([unproven(id, ada.email)]);
    expect(await school.row(id)).toMatchObject({ status: 'bounced' });
  });

  test('counts by the message alone when it names nobody', async ({ reports }) => {
    const id = await reports.send();
    await reports.apply([bounced(id, { type: 'complained', unproven: true })]);
    expect(await reports.suppressions()).toEqual([{ address: ada.email, reason: 'complaint' }]);
  });
});
