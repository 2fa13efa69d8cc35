/** The least that any dispatcher on this database must do: claim, POST bytes made before, mark done. Nothing else. */
import pg from 'pg';
import { SinkProvider } from './sink-provider.ts';

const [url = '', port = '', total = '', bytes = ''] = process.argv.slice(2);
const provider = new SinkProvider(Number(port));
const pool = new pg.Pool({ connectionString: url, max: 10, options: '-c role=halyard_worker' });
const body = JSON.stringify({ text: 'x'.repeat(Number(bytes)) });
const batch = 500;

const claim = async (): Promise<{ org_id: string; id: string }[]> => {
  const { rows } = await pool.query({
    name: 'claim',
    text: `update messages m set status = 'sending', lease_until = now() + interval '45 s'
      from (select org_id, id from messages where status = 'scheduled' and due_at <= now()
            order by org_id, lane, due_at limit $1 for update skip locked) due
      where m.org_id = due.org_id and m.id = due.id returning m.org_id, m.id`,
    values: [batch],
  });
  return rows;
};

const markDone = (rows: { org_id: string; id: string }[]) =>
  pool.query({
    name: 'done',
    text: `update messages m set status = 'sent', sent_at = now(), lease_until = null
      from unnest($1::uuid[], $2::uuid[]) as done (org_id, id) where m.org_id = done.org_id and m.id = done.id`,
    values: [rows.map((row) => row.org_id), rows.map((row) => row.id)],
  });

async function sendAll(rows: { org_id: string; id: string }[]): Promise<void> {
  await Promise.all(rows.map(async (row) => (await provider.post(body, row.id)).body.dump()));
  await markDone(rows);
}

const started = performance.now();
let sent = 0;
const underWay = new Set<Promise<void>>();
for (let rows = await claim(); rows.length > 0; rows = await claim()) {
  sent += rows.length;
  const sending = sendAll(rows).finally(() => underWay.delete(sending));
  underWay.add(sending);
  if (underWay.size >= 2) await Promise.race(underWay); // the sockets never wait for the database
}
await Promise.all(underWay);
const seconds = (performance.now() - started) / 1000;
if (sent !== Number(total)) throw new Error(`${sent} of ${total} were sent.`);
await provider.close();
await pool.end();
const { user, system } = process.cpuUsage();
process.send?.({
  seconds,
  cpuSeconds: (user + system) / 1e6,
  peakRssMb: process.resourceUsage().maxRSS / 1024,
});
process.disconnect?.();
