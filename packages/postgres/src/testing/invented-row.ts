import { randomUUID } from 'node:crypto';
import type { OrgId } from '@halyard/core/ids';
import type pg from 'pg';

export type Row = Record<string, unknown>;

interface Column {
  name: string;
  type: string;
  required: boolean;
  /** Values that a check constraint names; the first is taken. */
  allowed: string | null;
}

interface ForeignKey {
  parent: string;
  from: string[];
  to: string[];
}

/** What a check over several columns asks for. */
const asked: Readonly<Record<string, Row>> = { inbound_hooks: { bearer: true } };

/**
 * Puts a row into a tenant table of an organization and returns it: what must not be null is invented by type and check,
 * and rows that it refers to are made first. For tests that need some real row of any table, also of one that was added
 * yesterday.
 */
export async function inventRow(owner: pg.Pool, orgId: OrgId, table: string, given: Row = {}): Promise<Row> {
  const client = await owner.connect();
  try {
    await client.query('begin');
    await client.query(`select set_config('halyard.org_id', $1, true)`, [orgId]);
    const row = await insert(client, table, { org_id: orgId, ...given });
    await client.query('commit');
    return row;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

async function insert(client: pg.ClientBase, table: string, given: Row): Promise<Row> {
  const row: Row = { ...asked[table], ...given };
  const columns = await columnsOf(client, table);
  for (const key of await foreignKeysOf(client, table)) {
    const missing = key.from.some(
      (name) => !(name in row) && columns.some((c) => c.name === name && c.required),
    );
    if (!missing) continue;
    const parent = await insert(client, key.parent, row.org_id ? { org_id: row.org_id } : {});
    key.from.forEach((name, n) => {
      row[name] ??= parent[key.to[n] ?? ''];
    });
  }
  for (const column of columns)
    if (column.required && !(column.name in row)) row[column.name] = invent(column);
  const names = Object.keys(row);
  const { rows } = await client.query<Row>(
    `insert into ${table} (${names.map((name) => `"${name}"`).join(', ')})
     values (${names.map((_, n) => `$${n + 1}`).join(', ')}) returning *`,
    Object.values(row),
  );
  return rows[0] ?? {};
}

function invent({ name, type, allowed }: Column): unknown {
  if (allowed) return allowed;
  if (type.endsWith('[]')) return [];
  switch (type) {
    case 'uuid':
      return randomUUID();
    case 'jsonb':
    case 'json':
      return '{}';
    case 'bytea':
      return Buffer.from(randomUUID());
    case 'boolean':
      return false;
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'double precision':
      return 1;
    case 'timestamp with time zone':
    case 'date':
      return new Date();
    default:
      return name === 'time_zone' ? 'Europe/Berlin' : `${name}-${randomUUID()}`;
  }
}

async function columnsOf(client: pg.ClientBase, table: string): Promise<Column[]> {
  const { rows } = await client.query<Column>(
    `select a.attname as name, format_type(a.atttypid, null) as type,
            a.attnotnull and not a.atthasdef and a.attidentity = '' as required,
            (select (regexp_match(pg_get_constraintdef(k.oid), '= ANY \\(ARRAY\\[''([^'']+)'''))[1]
               from pg_constraint k
              where k.conrelid = a.attrelid and k.contype = 'c' and k.conkey = array[a.attnum]
              limit 1) as allowed
       from pg_attribute a
      where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''`,
    [table],
  );
  return rows;
}

async function foreignKeysOf(client: pg.ClientBase, table: string): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `select k.confrelid::regclass::text as parent,
            (select array_agg(a.attname::text order by n) from unnest(k.conkey) with ordinality u(c, n)
               join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.c) as from,
            (select array_agg(a.attname::text order by n) from unnest(k.confkey) with ordinality u(c, n)
               join pg_attribute a on a.attrelid = k.confrelid and a.attnum = u.c) as to
       from pg_constraint k where k.conrelid = $1::regclass and k.contype = 'f'`,
    [table],
  );
  return rows;
}
