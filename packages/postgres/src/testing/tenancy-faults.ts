import type pg from 'pg';

/** What may break a rule of tenancy, and why. */
export interface TenancyExemptions {
  /** Tables that belong to no organization. */
  tables: readonly string[];
  /** Indexes that do not begin with org_id. */
  indexes: readonly string[];
  /** Policies that show an organization's rows without its id being set. */
  policies: readonly string[];
  /** Functions that run with the rights of the owner. */
  functions: readonly string[];
  /** Tables whose rows are never changed or removed by a request or a loop. */
  appendOnly: readonly string[];
  /** Columns of those that merging and erasing contacts may still write, as `table.column`. */
  erasable: readonly string[];
}

type Queryable = Pick<pg.ClientBase, 'query'>;

/**
 * Reads the catalog and names everything that could let one organization see or touch what is another's, or that could
 * rewrite a ledger. One sentence per fault, each says what to do.
 */
export async function tenancyFaults(owner: Queryable, exemptions: TenancyExemptions): Promise<string[]> {
  const faults = [
    await rolesThatSeeEverything(owner),
    await columnFaults(owner, exemptions.tables),
    await indexFaults(owner, exemptions),
    await foreignKeyFaults(owner, exemptions.tables),
    await unforcedTables(owner, exemptions.tables),
    await policyFaults(owner, exemptions.policies),
    await ledgerFaults(owner, exemptions),
    await grantFaults(owner),
    await leaks(owner, exemptions.functions),
  ];
  return faults.flat().sort();
}

const sentences = async (owner: Queryable, sql: string, values: unknown[] = []): Promise<string[]> =>
  (await owner.query<{ fault: string }>(sql, values)).rows.map((row) => row.fault);

const rolesThatSeeEverything = (owner: Queryable) =>
  sentences(
    owner,
    `select format('role %s is a superuser or bypasses policies: take that away', rolname) as fault
       from pg_roles where rolname like 'halyard%' and (rolsuper or rolbypassrls)`,
  );

const columnFaults = (owner: Queryable, exempt: readonly string[]) =>
  sentences(
    owner,
    `select format('table %s: begin its primary key with org_id uuid not null', t.oid::regclass) as fault
       from pg_class t
       left join pg_attribute a on a.attrelid = t.oid and a.attname = 'org_id' and a.attnotnull
       left join pg_constraint k on k.conrelid = t.oid and k.contype = 'p'
      where t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p') and t.relname <> all ($1)
        and (a.attnum is null or k.conkey[1] is distinct from a.attnum)`,
    [exempt],
  );

const indexFaults = (owner: Queryable, { tables, indexes }: TenancyExemptions) =>
  sentences(
    owner,
    `select format('index %s: begin it with org_id', i.indexrelid::regclass) as fault
       from pg_index i join pg_class t on t.oid = i.indrelid join pg_class x on x.oid = i.indexrelid
       left join pg_attribute a on a.attrelid = t.oid and a.attnum = i.indkey[0]
      where t.relnamespace = 'public'::regnamespace and t.relname <> all ($1) and x.relname <> all ($2)
        and a.attname is distinct from 'org_id'`,
    [tables, indexes],
  );

// A foreign key is checked past the policies: without org_id it would accept, and so confirm, another's row.
const foreignKeyFaults = (owner: Queryable, exempt: readonly string[]) =>
  sentences(
    owner,
    `select format('foreign key %s of %s: let it go from org_id to org_id first', k.conname, k.conrelid::regclass) as fault
       from pg_constraint k join pg_class target on target.oid = k.confrelid
       left join pg_attribute f on f.attrelid = k.conrelid and f.attnum = k.conkey[1]
       left join pg_attribute t on t.attrelid = k.confrelid and t.attnum = k.confkey[1]
      where k.contype = 'f' and k.connamespace = 'public'::regnamespace
        and target.relnamespace = 'public'::regnamespace and target.relname <> all ($1)
        and (f.attname <> 'org_id' or t.attname <> 'org_id')`,
    [exempt],
  );

const unforcedTables = (owner: Queryable, exempt: readonly string[]) =>
  sentences(
    owner,
    `select format('table %s: enable and force row-level security (call isolate)', oid::regclass) as fault
       from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> all ($1)
        and not (relrowsecurity and relforcerowsecurity)`,
    [exempt],
  );

const policyFaults = (owner: Queryable, exempt: readonly string[]) =>
  sentences(
    owner,
    `select format('policy %s of %s: give it both USING and WITH CHECK', policyname, tablename) as fault
       from pg_policies
      where schemaname = 'public' and policyname <> all ($1) and (qual is null or with_check is null)
     union all
     select format('policy %s of %s: only the worker may see all organizations; compare org_id with current_org()', policyname, tablename)
       from pg_policies
      where schemaname = 'public' and policyname <> all ($1) and roles <> '{halyard_worker}'
        and (qual !~ 'org_id = .*current_org' or with_check !~ 'org_id = .*current_org')`,
    [exempt],
  );

const ledgerFaults = (owner: Queryable, { appendOnly, erasable }: TenancyExemptions) =>
  sentences(
    owner,
    `select format('%s may DELETE on the append-only table %s: revoke it', r, t) as fault
       from unnest($1::text[]) t, unnest('{halyard_app,halyard_worker}'::text[]) r
      where has_table_privilege(r, format('public.%I', t), 'DELETE')
     union all
     select format('%s may UPDATE %s of the append-only table %s: revoke it', r, a.attname, t)
       from unnest($1::text[]) t, unnest('{halyard_app,halyard_worker}'::text[]) r, pg_attribute a
      where a.attrelid = format('public.%I', t)::regclass and a.attnum > 0 and not a.attisdropped
        and has_column_privilege(r, a.attrelid, a.attnum, 'UPDATE') and t || '.' || a.attname <> all ($2)`,
    [appendOnly, erasable],
  );

const grantFaults = (owner: Queryable) =>
  sentences(
    owner,
    `select format('%s may TRUNCATE %s, which passes policies by: revoke it', r, t.oid::regclass) as fault
       from pg_class t, unnest('{halyard_app,halyard_worker}'::text[]) r
      where t.relnamespace in ('public'::regnamespace, 'auth'::regnamespace) and t.relkind in ('r', 'p')
        and has_table_privilege(r, t.oid, 'TRUNCATE')
     union all
     select format('halyard_worker may read %s: loops have no business in the schema auth', t.oid::regclass)
       from pg_class t
      where t.relnamespace = 'auth'::regnamespace and t.relkind in ('r', 'p')
        and has_table_privilege('halyard_worker', t.oid, 'SELECT')`,
  );

const leaks = (owner: Queryable, functions: readonly string[]) =>
  sentences(
    owner,
    `select format('view %s: create it with (security_invoker), else it reads as its owner', oid::regclass) as fault
       from pg_class
      where relnamespace = 'public'::regnamespace and relkind = 'v' and coalesce(array_to_string(reloptions, ','), '') !~ 'security_invoker=(true|on)'
     union all
     select format('materialized view %s: it knows no policies, use a table', oid::regclass)
       from pg_class where relnamespace = 'public'::regnamespace and relkind = 'm'
     union all
     select format('function %s runs as its owner, past the policies: leave security definer out', oid::regprocedure)
       from pg_proc where pronamespace = 'public'::regnamespace and prosecdef and proname <> all ($1)`,
    [functions],
  );
