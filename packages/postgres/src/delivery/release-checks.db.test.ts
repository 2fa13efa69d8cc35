import { expect } from 'vitest';
import { sendingTest as test } from '../testing/sending-school.js';

test('the opted-out and the suppressed are skipped, and the decision says what would have to differ', async ({
  school,
}) => {
  await school.addConnection();
  const worker = school.worker();
  const optedOut = await school.addContact({ email: 'out@example.com' });
  await school.query(
    `insert into consents (org_id, id, contact_id, channel, state, source)
     values ($1, gen_random_uuid(), $2, 'email', 'withdrawn', 'test')`,
    [school.id, optedOut],
  );
  const suppressed = await school.addContact({ email: 'gone@example.com' });
  await school.query(
    `insert into suppressions (org_id, channel, address_hash, reason, source)
     values ($1, 'email', sha256(convert_to(E'email\\ngone@example.com', 'UTF8')), 'hard_bounce', 'test')`,
    [school.id],
  );
  const first = await school.addMessage(optedOut);
  const second = await school.addMessage(suppressed, { class: 'transactional' });
  await worker.settle();
  expect(school.provider.requests).toEqual([]);
  expect(await school.row(first)).toMatchObject({ status: 'skipped', reason: 'opted_out' });
  expect(await school.row(second)).toMatchObject({ status: 'skipped', reason: 'suppressed' });
  const { rows } = await school.query('select rule, verdict, facts from decisions where message_id = $1', [
    first,
  ]);
  expect(rows).toMatchObject([
    {
      rule: 'consent',
      verdict: 'skipped',
      facts: {
        checks: expect.arrayContaining([
          expect.objectContaining({ rule: 'consent', needs: 'They would have to give their consent again.' }),
        ]),
      },
    },
  ]);
});

test('a message about a booking waits until its plan is up to date, and ends with a cancelled booking', async ({
  school,
}) => {
  await school.addConnection();
  const contact = await school.addContact({ email: 'ada@example.com' });
  const booking = '00000000-0000-7000-8000-0000000000b1';
  await school.query(
    `insert into bookings (org_id, id, contact_id, starts_at, ends_at, time_zone, revision)
     values ($1, $2, $3, now(), now(), 'Europe/Berlin', 2)`,
    [school.id, booking, contact],
  );
  const about = (revision: number) => ({
    class: 'transactional' as const,
    more: { source: 'flow' as const, subject: { type: 'booking', id: booking, revision } },
  });
  const stale = await school.addMessage(contact, about(1));
  const worker = school.worker();
  await worker.settle();
  expect(await school.row(stale)).toMatchObject({ status: 'scheduled', reason: 'plan_current' });
  await school.query(`update bookings set status = 'cancelled' where id = $1`, [booking]);
  const current = await school.addMessage(contact, about(2));
  await worker.settle();
  expect(await school.row(current)).toMatchObject({ status: 'skipped', reason: 'subject_cancelled' });
  expect(school.provider.requests).toEqual([]);
});
