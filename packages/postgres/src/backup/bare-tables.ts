import type pg from 'pg';

/**
 * Makes the tables take rows as they are, and returns how to make them what they were. An owner who is no superuser can
 * neither switch off foreign keys nor write past policies that are forced upon it: so the keys are dropped and made anew,
 * which checks every row once, and for as long policies are not forced and triggers of ours do not fire. All of it is
 * the caller's transaction, so nobody else ever sees the tables bare.
 */
export async function bareTables(client: pg.ClientBase): Promise<() => Promise<void>> {
  const { rows: keys } = await client.query<{ drop: string; add: string }>(
    `select format('alter table %s drop constraint %I', conrelid::regclass, conname) as drop,
            format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as add
       from pg_constraint
      where contype = 'f' and connamespace in ('public'::regnamespace, 'auth'::regnamespace)
      order by conrelid::regclass::text, conname`,
  );
  const { rows: forced } = await client.query<{ name: string }>(
    `select oid::regclass::text as name from pg_class
      where relforcerowsecurity and relnamespace in ('public'::regnamespace, 'auth'::regnamespace)`,
  );
  const { rows: triggers } = await client.query<{ table: string; name: string }>(
    `select tgrelid::regclass::text as table, quote_ident(tgname) as name
       from pg_trigger join pg_class on pg_class.oid = tgrelid
      where not tgisinternal and tgenabled = 'O' and relnamespace in ('public'::regnamespace, 'auth'::regnamespace)`,
  );
  for (const { drop } of keys) await client.query(drop);
  for (const { name } of forced) await client.query(`alter table ${name} no force row level security`);
  for (const { table, name } of triggers) await client.query(`alter table ${table} disable trigger ${name}`);
  return async () => {
    for (const { table, name } of triggers) await client.query(`alter table ${table} enable trigger ${name}`);
    for (const { add } of keys) await client.query(add);
    for (const { name } of forced) await client.query(`alter table ${name} force row level security`);
  };
}
