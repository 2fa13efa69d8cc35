/**
 * How long a simulation of recorded history takes. The history is made by plain SQL; what is measured is everything that
 * POST /flows/simulate does for it: a process, loading, the result.
 */
import { createLog } from '@halyard/api/operations/log';
import { SimulationProcesses } from '@halyard/api/simulate/simulation-processes';
import { SimulationInput } from '@halyard/contracts/simulate/routes';
import type { OrgId } from '@halyard/core/ids';
import type pg from 'pg';
import type { Bench } from './frame/bench.ts';
import { counts } from './frame/bench.ts';

const message = (id: string, timing: object) => ({
  id,
  type: 'message',
  template: 'news',
  channels: ['email'],
  timing,
});
const anchored = (offset: string) => ({ from: 'anchor', anchor: 'subject.starts_at', offset });

/** A school's flow about a booking: three messages around it, a branch by logins, quiet hours and a cap beside it. */
const flow = {
  name: 'Around a booking',
  trigger: { type: 'event', event: 'booking.created' },
  goal: { name: 'paid', event: 'order.paid' },
  steps: [
    message('confirm', {}),
    message('week', anchored('-P7D')),
    { id: 'login', type: 'wait', wait: { for: 'event', event: 'user.login', timeout: 'P3D' } },
    {
      id: 'level',
      type: 'branch',
      branches: [{ when: { field: 'contact.attributes.level', op: 'exists' }, next: 'pro' }],
    },
    message('start', anchored('-P1D')),
    message('pro', anchored('P1D')),
  ],
};

export const simulation: Bench = {
  name: 'simulate',
  async run(bed, options) {
    const shape = counts(options, { events: 100_000, contacts: 10_000 }, { events: 2_000, contacts: 200 });
    const orgId = await seed(bed.owner, shape);
    const read = performance.now();
    await bed.owner.query('select * from events where org_id = $1 order by occurred_at, id', [orgId]);
    const reading = (performance.now() - read) / 1000;
    const processes = new SimulationProcesses(
      new URL(import.meta.resolve('@halyard/api/tasks/task-main')),
      {
        databaseUrl: bed.url,
        secret: 'a secret of the bench that is long enough',
        publicUrl: 'http://localhost',
      },
      { atOnce: 1, eachMb: 1_024 },
      createLog('error'),
    );
    const period = { from: '2026-01-01T00:00:00Z', until: '2026-03-01T00:00:00Z' };
    const input = SimulationInput.parse({ flow: { definition: flow }, period });
    const began = performance.now();
    let loaded = 0;
    const { totals } = await processes.run(orgId, input, {
      progress: () => {
        loaded ||= performance.now() - began;
      },
      signal: AbortSignal.timeout(600_000),
    });
    const seconds = (performance.now() - began) / 1000;
    const sum = (counted: Record<string, number>) => Object.values(counted).reduce((all, n) => all + n, 0);
    return [
      {
        what: `${totals.events} events simulated`,
        unit: 's',
        ceiling: reading,
        value: seconds,
        aim: { atMost: 10 },
      },
      { what: 'of it loading', unit: 's', value: loaded / 1000 },
      { what: 'runs in the result', unit: 'runs', value: sum(totals.runs) },
      { what: 'messages in the result', unit: 'messages', value: sum(totals.messages) },
    ];
  },
};

/** A fifth of the events are bookings, the others logins and payments, evenly over two months. */
async function seed(
  owner: pg.Pool,
  { events, contacts }: { events: number; contacts: number },
): Promise<OrgId> {
  const bookings = Math.floor(events / 5);
  const made = await owner.query(
    `insert into auth.organization (id, name, slug, "createdAt") values (gen_random_uuid(), 'School', 'school', now())
     returning id`,
  );
  const org = made.rows[0].id;
  const policy = {
    quiet_hours: { default: { from: '21:00', to: '08:00' } },
    caps: [{ messages: 2, per: 'P1D' }],
  };
  await owner.query(`insert into organization_settings (org_id, name, policy) values ($1, 'School', $2)`, [
    org,
    JSON.stringify(policy),
  ]);
  await owner.query(
    `insert into connections (org_id, id, name, provider, channels, webhook_token)
     values ($1, gen_random_uuid(), 'sandbox', 'sandbox', '{email}', 'token')`,
    [org],
  );
  await owner.query(
    `with template as (insert into templates (org_id, id, key, name, channel)
       values ($1, gen_random_uuid(), 'news', 'News', 'email') returning org_id, id)
     insert into template_versions (org_id, template_id, number, content, compiled)
     select org_id, id, 1, '{}', '{}' from template`,
    [org],
  );
  await owner.query(
    `with made as (insert into contacts (org_id, id, first_name, time_zone, attributes)
       select $1, gen_random_uuid(), 'Guest ' || n, (array['Europe/Berlin', 'America/New_York', 'Asia/Tokyo'])[1 + n % 3],
         case when n % 2 = 0 then '{"level": 1}' else '{}' end::jsonb
       from generate_series(1, $2::int) n returning id)
     insert into identities (org_id, id, contact_id, kind, address)
     select $1, gen_random_uuid(), id, 'email', id || '@example.com' from made`,
    [org, contacts],
  );
  await owner.query(
    `with people as (select id, row_number() over () - 1 as n from contacts where org_id = $1)
     insert into bookings (org_id, id, contact_id, starts_at, ends_at, time_zone)
     select $1, gen_random_uuid(), people.id, at + interval '12 days', at + interval '13 days', 'Europe/Berlin'
     from generate_series(0, $2::int - 1) b join people on people.n = b % $3
     cross join lateral (select timestamptz '2026-01-01' + b * (interval '40 days' / $2) as at) moment`,
    [org, bookings, contacts],
  );
  await owner.query(
    `insert into events (org_id, id, type, contact_id, subject_type, subject_id, payload, occurred_at, recorded_at)
     select $1, gen_random_uuid(), 'booking.created', contact_id, 'booking', id::text, jsonb_build_object('revision', 1,
       'changes', jsonb_build_object('status', jsonb_build_object('from', null, 'to', 'confirmed'),
         'starts_at', jsonb_build_object('from', null, 'to', starts_at), 'ends_at', jsonb_build_object('from', null, 'to', ends_at),
         'time_zone', jsonb_build_object('from', null, 'to', time_zone), 'attributes', '{"from": null, "to": {}}'::jsonb)),
       starts_at - interval '12 days', starts_at - interval '12 days'
     from bookings where org_id = $1`,
    [org],
  );
  await owner.query(
    `with people as (select id, row_number() over () - 1 as n from contacts where org_id = $1)
     insert into events (org_id, id, type, contact_id, payload, occurred_at, recorded_at)
     select $1, gen_random_uuid(), case when e % 40 = 0 then 'order.paid' else 'user.login' end, people.id, '{"page": "/"}', at, at
     from generate_series(0, $2::int - 1) e join people on people.n = (e * 7) % $3
     cross join lateral (select timestamptz '2026-01-01' + e * (interval '55 days' / $2) as at) moment`,
    [org, events - bookings, contacts],
  );
  await owner.query('analyze');
  return org;
}
