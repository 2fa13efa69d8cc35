/**
 * Contacts from a file, new and then changed, and one by one. The clock stops when they are all there and no event of
 * theirs waits for its decision any more.
 */
import type { Bed } from './frame/bed.ts';
import type { Bench } from './frame/bench.ts';
import { counts } from './frame/bench.ts';
import { startHalyard } from './frame/halyard.ts';
import type { Client } from './frame/load.ts';
import { flood, until } from './frame/load.ts';
import { untilDecided } from './frame/queues.ts';
import { openSchool, publishFlow } from './frame/school.ts';

export const contacts: Bench = {
  name: 'contacts',
  async run(bed, options) {
    const rows = counts(options, 50_000, 2_000);
    const single = counts(options, 5_000, 300);
    const { url } = await startHalyard(bed);
    const { id, api } = await openSchool(url);
    await publishFlow(api, {
      name: 'Sign-ups',
      trigger: { type: 'event', event: 'user.signed_up' },
      steps: [{ id: 'end', type: 'exit' }],
    });
    await importFile(bed, api, csv(1_000, 'early', 'pro')); // warm-up
    const ceiling = rows / (await bed.measure('ceilings/import.ts', [bed.url, id, rows, 'bare'])).seconds;
    const created = await importFile(bed, api, csv(rows, 'guest', 'beginner'));
    const changed = await importFile(bed, api, csv(rows, 'guest', 'pro'));
    const upserted = await upsert(bed, api, single);
    await api.close();
    const aim = { atLeast: 5_000 };
    const unit = 'contacts/s';
    return [
      { what: 'new contacts from a CSV file', unit, ceiling, value: rows / created, aim },
      { what: 'the same with another attribute', unit, value: rows / changed, aim },
      { what: 'one by one (PUT /contacts)', unit, value: single / upserted },
    ];
  },
};

const csv = (rows: number, prefix: string, level: string): string =>
  [
    'external_id,email,first_name,last_name,locale,time_zone,attributes.level',
    ...Array.from(
      { length: rows },
      (_, n) =>
        `${prefix}-${n},${prefix}-${n}@example.com,Guest ${n},of the school,de,Europe/Berlin,${level}`,
    ),
  ].join('\n');

/** Seconds from the first byte of the file to the last decision. */
async function importFile(bed: Bed, api: Client, file: string): Promise<number> {
  const began = performance.now();
  const { id } = await api.send<{ id: string }>('POST', '/imports', file, 'text/csv');
  await until(async () => {
    const { status, error, rejected } = await api.call<{ status: string; error: string; rejected: number }>(
      'GET',
      `/imports/${id}`,
    );
    if (status === 'failed' || rejected)
      throw new Error(`The import ${status}: ${error}, ${rejected} rejected.`);
    return status === 'completed';
  });
  await untilDecided(bed);
  return (performance.now() - began) / 1000;
}

async function upsert(bed: Bed, api: Client, total: number): Promise<number> {
  const began = performance.now();
  await flood(total, 32, (n) =>
    api.call('PUT', '/contacts', { external_id: `guest-${n}`, attributes: { level: 'master', seen: n } }),
  );
  await untilDecided(bed);
  return (performance.now() - began) / 1000;
}
