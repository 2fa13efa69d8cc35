import { pendingMigrations } from '@halyard/postgres/migrate';
import pg from 'pg';
import type { Finding } from './finding.js';
import { ok, warning, wrong } from './finding.js';

/** Reachable, recent, migrated, with roles that cannot see past row-level security, and a clock like ours. */
export async function checkDatabase(url: string): Promise<Finding[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
  } catch (error) {
    const { message, code } = error as Error & { code?: string };
    return [
      wrong(
        `The database cannot be reached (${message || code}).`,
        'Check DATABASE_URL, and that PostgreSQL runs there.',
      ),
    ];
  }
  try {
    return [
      await checkVersion(client),
      await checkMigrations(client),
      await checkRoles(client),
      await checkClock(client),
    ];
  } finally {
    await client.end();
  }
}

async function checkVersion(client: pg.Client): Promise<Finding> {
  const { rows } = await client.query<{ number: number; name: string }>(
    `select current_setting('server_version_num')::int as number, current_setting('server_version') as name`,
  );
  const { number = 0, name = 'unknown' } = rows[0] ?? {};
  return number >= 160_000
    ? ok(`PostgreSQL ${name} answers.`)
    : wrong(`PostgreSQL ${name} is too old.`, 'Upgrade to 16 or newer.');
}

async function checkMigrations(client: pg.Client): Promise<Finding> {
  const pending = await pendingMigrations(client);
  return pending.length
    ? wrong(`${pending.length} migrations are missing (${pending[0]} is the first).`, 'Run: halyard migrate')
    : ok('The database is up to date.');
}

async function checkRoles(client: pg.Client): Promise<Finding> {
  const { rows } = await client.query<{ name: string; free: boolean; member: boolean }>(
    `select rolname as name, rolsuper or rolbypassrls as free, pg_has_role(current_user, oid, 'set') as member
     from pg_roles where rolname in ('halyard_app', 'halyard_worker') order by rolname`,
  );
  if (rows.length < 2)
    return wrong('The roles halyard_app and halyard_worker are missing.', 'Run: halyard migrate');
  const free = rows.find((role) => role.free);
  if (free)
    return wrong(
      `The role ${free.name} sees past row-level security.`,
      `Run as a superuser: alter role ${free.name} nosuperuser nobypassrls`,
    );
  const foreign = rows.find((role) => !role.member);
  return foreign
    ? wrong(
        `This login may not act as ${foreign.name}.`,
        `Run as a superuser: grant ${foreign.name} to <the login>`,
      )
    : ok('Both database roles are bound by row-level security.');
}

async function checkClock(client: pg.Client): Promise<Finding> {
  const before = Date.now();
  const { rows } = await client.query<{ at: Date }>('select clock_timestamp() as at');
  const after = Date.now();
  const at = rows[0]?.at.getTime() ?? before;
  const seconds = Math.round(Math.max(before - at, at - after, 0) / 100) / 10;
  return seconds > 2
    ? warning(
        `The clocks of this machine and the database differ by ${seconds} s.`,
        "Run NTP on both: messages go by the database's clock, signing in by this machine's.",
      )
    : ok('The clocks agree.');
}
