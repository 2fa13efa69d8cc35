/** The least that sending on time needs: claim what is due, POST bytes made before, mark done; look again after 5 ms. */
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Pool } from 'undici';

const [url = '', port = '', total = '', connections = '64'] = process.argv.slice(2);
const database = new pg.Pool({ connectionString: url, max: 4, options: '-c role=halyard_worker' });
const sink = new Pool(`http://127.0.0.1:${port}`, { connections: Number(connections), pipelining: 1 });
const text = 'x'.repeat(2_500);

interface Due {
  org_id: string;
  id: string;
  name: string;
}

const claim = async (): Promise<Due[]> => {
  const { rows } = await database.query({
    name: 'claim',
    text: `update messages m set status = 'sending', lease_until = now() + interval '45 s'
      from (select org_id, id from messages where status = 'scheduled' and due_at <= now()
            order by org_id, lane, due_at limit 500 for update skip locked) due
      where m.org_id = due.org_id and m.id = due.id returning m.org_id, m.id, m.variables->>'name' as name`,
  });
  return rows;
};

async function send(rows: readonly Due[]): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  await Promise.all(
    rows.map(async ({ name }) => {
      const body = JSON.stringify({ subject: name, text });
      await (await sink.request({ method: 'POST', path: '/emails', headers, body })).body.dump();
    }),
  );
  await database.query({
    name: 'done',
    text: `update messages m set status = 'sent', sent_at = now(), lease_until = null
      from unnest($1::uuid[], $2::uuid[]) as done (org_id, id) where m.org_id = done.org_id and m.id = done.id`,
    values: [rows.map((row) => row.org_id), rows.map((row) => row.id)],
  });
}

const started = performance.now();
const underWay = new Set<Promise<void>>();
for (let sent = 0; sent < Number(total); ) {
  const rows = await claim();
  sent += rows.length;
  const sending = send(rows).finally(() => underWay.delete(sending));
  underWay.add(sending);
  if (rows.length === 0) {
    const { rows: left } = await database.query(
      `select exists (select from messages where status = 'scheduled') as some`,
    );
    if (!left[0].some) break; // another process has the rest
    await pause(5);
  } else if (underWay.size >= 2) await Promise.race(underWay);
}
await Promise.all(underWay);
const seconds = (performance.now() - started) / 1000;
await sink.close();
await database.end();
const { user, system } = process.cpuUsage();
process.send?.({
  seconds,
  cpuSeconds: (user + system) / 1e6,
  peakRssMb: process.resourceUsage().maxRSS / 1024,
});
process.disconnect?.();
