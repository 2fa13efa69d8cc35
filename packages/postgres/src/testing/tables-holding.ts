import type pg from 'pg';

/** Tables in which an organization's rows hold this text anywhere: to see that nothing of a person is left. */
export async function tablesHolding(owner: pg.Pool, orgId: string, needle: string): Promise<string[]> {
  const tables = await owner.query<{ name: string }>(
    `select table_name as name from information_schema.columns where table_schema = 'public' and column_name = 'org_id'`,
  );
  const found: string[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await owner.query(
      `select 1 from ${name} t where org_id = $1 and position($2 in to_jsonb(t)::text) > 0 limit 1`,
      [orgId, needle],
    );
    if (rows.length) found.push(name);
  }
  return found;
}
