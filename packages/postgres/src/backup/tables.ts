import type pg from 'pg';

/** A table as a backup takes it. */
export interface BackedUpTable {
  /** With its schema, such as public.contacts. */
  name: string;
  quoted: string;
  /** Those that are stored, and not computed of others. */
  columns: string[];
}

/**
 * Tables of ours that no backup holds: which migrations were applied is written by applying them, and backups are files of the
 * machine that they lie on. The schema of the queue is none of ours: its jobs are found anew by sweeps over the tables.
 */
const leftOut = ['public.migrations', 'public.backups'];

/** Every table of the database that a backup must hold, by name. */
export async function backedUpTables(client: pg.ClientBase): Promise<BackedUpTable[]> {
  const { rows } = await client.query<BackedUpTable>(
    `select n.nspname || '.' || t.relname as name, format('%I.%I', n.nspname, t.relname) as quoted,
            (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
              where a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
       from pg_class t join pg_namespace n on n.oid = t.relnamespace
      where n.nspname in ('public', 'auth') and t.relkind = 'r' and n.nspname || '.' || t.relname <> all ($1)
      order by 1`,
    [leftOut],
  );
  return rows;
}

/** Tables of which the role `halyard_backup` cannot read every row: a backup would lack some without anybody noticing. */
export async function unreadableTables(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select t.oid::regclass::text as name
       from pg_class t join pg_namespace n on n.oid = t.relnamespace
      where n.nspname in ('public', 'auth') and t.relkind = 'r' and n.nspname || '.' || t.relname <> all ($1)
        and (not has_table_privilege('halyard_backup', t.oid, 'SELECT')
          or t.relrowsecurity and not exists (
            select from pg_policies p where p.schemaname = n.nspname and p.tablename = t.relname
              and p.roles = '{halyard_backup}' and p.cmd = 'SELECT' and p.qual = 'true'))
      order by 1`,
    [leftOut],
  );
  return rows.map(({ name }) => name);
}

export const columnList = (columns: readonly string[]): string =>
  columns.map((column) => `"${column.replaceAll('"', '""')}"`).join(', ');
