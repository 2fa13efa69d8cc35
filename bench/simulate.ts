/**
 * How long a simulation of recorded history takes: node bench/simulate.ts --events 100000 --contacts 10000. The history is
 * made by plain SQL; what is measured is everything that POST /flows/simulate does for it: a thread, loading, the result.
 */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { SimulationThreads } from '@halyard/api/simulate/simulation-threads';
import { SimulationInput } from '@halyard/contracts/simulate/routes';
import type { OrgId } from '@halyard/core/ids';
import { startEmbeddedServer } from '@halyard/postgres/embedded-server';
import { migrate } from '@halyard/postgres/migrate';
import pg from 'pg';

const { values: options } = parseArgs({
  options: {
    events: { type: 'string', default: '100000' },
    contacts: { type: 'string', default: '10000' },
  },
  args: process.argv.slice(2).filter((argument) => argument !== '--'),
});
const [events, contacts] = [Number(options.events), Number(options.contacts)];
const bookings = Math.floor(events / 5);

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

const folder = await mkdtemp(join(tmpdir(), 'halyard-bench-'));
await chmod(folder, 0o755); // as root the server runs as the user postgres, who must get in
const server = await startEmbeddedServer({
  dataDir: join(folder, 'pg'),
  password: 'bench',
  persistent: false,
});
try {
  const url = server.urlOf('halyard');
  await migrate(url);
  const owner = new pg.Pool({ connectionString: url, max: 1 });
  const orgId = await seed(owner);
  await owner.end();
  const threads = new SimulationThreads(
    new URL(import.meta.resolve('@halyard/api/simulate/simulation-thread')),
    { databaseUrl: url, secret: 'a secret of the bench that is long enough', publicUrl: 'http://localhost' },
  );
  const period = { from: '2026-01-01T00:00:00Z', until: '2026-03-01T00:00:00Z' };
  const input = SimulationInput.parse({ flow: { definition: flow }, period });
  const began = performance.now();
  const cpu = process.cpuUsage();
  let loaded = 0;
  const { totals } = await threads.run(orgId, input, {
    progress: () => {
      loaded ||= performance.now() - began;
    },
    signal: AbortSignal.timeout(600_000),
  });
  const seconds = (performance.now() - began) / 1000;
  const used = process.cpuUsage(cpu);
  const row = {
    events: totals.events,
    contacts: totals.contacts,
    runs: Object.values(totals.runs).reduce((sum, n) => sum + n, 0),
    messages: Object.values(totals.messages).reduce((sum, n) => sum + n, 0),
    'loading (s)': Number((loaded / 1000).toFixed(2)),
    'all (s)': Number(seconds.toFixed(2)),
    'CPU (s)': Number(((used.user + used.system) / 1e6).toFixed(2)),
    'peak RSS (MB)': Math.round(process.resourceUsage().maxRSS / 1024),
  };
  console.table({ simulation: row });
  console.log(totals.messages, totals.held, `failures: ${totals.failures}`);
  const results = join(import.meta.dirname, 'results');
  await mkdir(results, { recursive: true });
  const at = new Date().toISOString();
  const machine = { node: process.version, cpus: cpus().length, model: cpus()[0]?.model };
  await writeFile(
    join(results, `simulate-${at.slice(0, 19).replaceAll(':', '-')}.json`),
    `${JSON.stringify({ at, machine, ...row }, null, 2)}\n`,
  );
} finally {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}

/** A fifth of the events are bookings, the others logins and payments, evenly over two months. */
async function seed(owner: pg.Pool): Promise<OrgId> {
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
