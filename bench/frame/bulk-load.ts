import type pg from 'pg';

/** A table and the statement that fills it. */
export interface Load {
  table: string;
  text: string;
  values?: readonly unknown[];
}

/**
 * Fills tables without their indexes and keys, which are made afterwards: they cost a tenth of what keeping them current
 * row by row does. Keys that others refer to stay. The tables of one load may refer to nothing that is loaded beside them.
 */
export async function bulkLoad(owner: pg.Pool, loads: readonly Load[]): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query(
      `set synchronous_commit = off; set maintenance_work_mem = '512MB'; set work_mem = '256MB'`,
    );
    for (const { table, text, values = [] } of loads) {
      const { rows } = await client.query<Dropped>(dropped, [table]);
      for (const { drop } of rows) await client.query(drop);
      await client.query(text, [...values]);
      for (const { make } of rows) await client.query(make);
      await client.query(`vacuum analyze ${table}`);
    }
  } finally {
    client.release(true); // with its settings
  }
}

interface Dropped {
  drop: string;
  make: string;
}

/** Keys of the table come back before the others, as one of these may be a foreign key to it. */
const dropped = `
  select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
    format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as make
  from pg_constraint c
  where conrelid = $1::regclass and contype in ('p', 'u', 'f')
    and not exists (select from pg_constraint others where others.confrelid = c.conrelid)
  union all
  select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
  from pg_index i
  where indrelid = $1::regclass and not exists (select from pg_constraint where conindid = i.indexrelid)`;
