/** The least that an import needs: 500 contacts and their addresses a statement, one after the other. */
import pg from 'pg';

const [url = '', orgId = '', total = '', prefix = ''] = process.argv.slice(2);
const client = new pg.Client({ connectionString: url, options: '-c role=halyard_worker' });
await client.connect();

const started = performance.now();
for (let from = 0; from < Number(total); from += 500) {
  const rows = Array.from({ length: Math.min(500, Number(total) - from) }, (_, n) => ({
    external_id: `${prefix}-${from + n}`,
    address: `${prefix}-${from + n}@example.com`,
    first_name: `Guest ${from + n}`,
    attributes: { level: 'pro' },
  }));
  await client.query({
    name: 'write',
    text: `with given as (
        select uuidv7() as id, * from jsonb_to_recordset($2::jsonb)
          as given (external_id text, address text, first_name text, attributes jsonb)
      ), made as (
        insert into contacts (org_id, id, external_id, first_name, attributes)
        select $1, id, external_id, first_name, attributes from given
      )
      insert into identities (org_id, id, contact_id, kind, address) select $1, uuidv7(), id, 'email', address from given`,
    values: [orgId, JSON.stringify(rows)],
  });
}
const seconds = (performance.now() - started) / 1000;
await client.end();
const { user, system } = process.cpuUsage();
process.send?.({
  seconds,
  cpuSeconds: (user + system) / 1e6,
  peakRssMb: process.resourceUsage().maxRSS / 1024,
});
process.disconnect?.();
