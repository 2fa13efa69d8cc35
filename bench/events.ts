/**
 * Events over HTTP with everything that follows from them: the contact is found and updated, live flows are asked whether
 * they begin, one event in a hundred plans a message. The clock stops when no event waits for its decision any more.
 */
import type { Bed } from './frame/bed.ts';
import type { Bench, BenchOptions, Figure } from './frame/bench.ts';
import { counts } from './frame/bench.ts';
import type { Halyard } from './frame/halyard.ts';
import { startHalyard } from './frame/halyard.ts';
import { Client, flood } from './frame/load.ts';
import { processorTime } from './frame/processor-time.ts';
import { untilDecided } from './frame/queues.ts';
import type { School } from './frame/school.ts';
import { openSchool, publishFlow, writeTemplate } from './frame/school.ts';
import { reportStatements } from './statement-costs.ts';

const contacts = 10_000;
const batch = 100;

export const events: Bench = {
  name: 'events',
  async run(bed, options) {
    const halyard = await startHalyard(bed);
    const school = await openShop(bed, halyard.url);
    const port = await bed.listening('ceilings/intake.ts', [bed.url, school.id]);
    const bare = new Client(`http://127.0.0.1:${port}`);
    const figures = await compare(bed, halyard, school.api, bare, options);
    if (options.statements) await reportStatements(bed.serverLog, counts(options, 80_000, 2_500));
    const memory = await halyard.peakRssMb();
    await school.api.close();
    await bare.close();
    return memory === null ? figures : [...figures, { what: 'memory', value: memory, unit: 'MB' }];
  },
};

async function compare(
  bed: Bed,
  halyard: Halyard,
  api: Client,
  bare: Client,
  options: BenchOptions,
): Promise<Figure[]> {
  const [batched, single] = [counts(options, 60_000, 2_000), counts(options, 20_000, 500)];
  const settled = () => untilDecided(bed);
  await inBatches(api, 2_000, settled); // warm-up
  await singly(api, 500, settled);
  const nothing = () => Promise.resolve();
  await singly(bare, 500, nothing);
  const unit = 'events/s';
  const bareBatches = await inBatches(bare, batched, nothing);
  const counted = (total: number, run: () => Promise<number>) =>
    processorTime(bed, halyard, total, 'event', run);
  const batches = await counted(batched, () => inBatches(api, batched, settled));
  const bareSingles = await singly(bare, single, nothing);
  const singles = await counted(single, () => singly(api, single, settled));
  return [
    {
      what: `events in batches of ${batch}`,
      unit,
      ceiling: bareBatches,
      value: batches.done,
      aim: { atLeast: 5_000 },
    },
    { what: 'events one by one', unit, ceiling: bareSingles, value: singles.done, aim: { atLeast: 2_000 } },
    ...batches.cpu.map((figure) => ({ ...figure, what: `${figure.what}, in batches` })),
    ...singles.cpu.map((figure) => ({ ...figure, what: `${figure.what}, one by one` })),
  ];
}

let sent = 0;

/** An order of one of many contacts; each changes two attributes of theirs. */
const order = () => {
  const n = ++sent;
  const total = n % 100 === 0 ? 5_000 : n % 900;
  return {
    id: `order-${n}`,
    type: 'order.placed',
    contact: { external_id: `guest-${n % contacts}`, attributes: { last_order: n, last_total: total } },
    create_contact: true,
    payload: { order: n, total, currency: 'EUR', items: [{ sku: 'tour', amount: 2 }] },
  };
};

async function inBatches(client: Client, total: number, settled: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await flood(total / batch, 8, () =>
    client.call('POST', '/events/batch', { events: Array.from({ length: batch }, order) }),
  );
  await settled();
  return perSecond(total, began);
}

async function singly(client: Client, total: number, settled: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await flood(total, 64, () => client.call('POST', '/events', order()));
  await settled();
  return perSecond(total, began);
}

const perSecond = (total: number, began: number) => total / ((performance.now() - began) / 1000);

async function openShop(bed: Bed, url: string): Promise<School> {
  const school = await openSchool(url);
  await writeTemplate(school.api, 'thanks', 'Thank you');
  const steps = [
    { id: 'thanks', type: 'message', template: 'thanks', channels: ['email'], timing: { offset: 'P3D' } },
  ];
  await publishFlow(school.api, {
    name: 'Large orders',
    trigger: {
      type: 'event',
      event: 'order.placed',
      filter: {
        all: [
          { field: 'event.payload.total', op: 'gte', value: 1_000 },
          { field: 'contact.attributes.blocked', op: 'missing' },
        ],
      },
    },
    reentry: 'always',
    steps,
  });
  await publishFlow(school.api, {
    name: 'Sign-ups',
    trigger: { type: 'event', event: 'user.signed_up' },
    steps,
  });
  await bed.owner.query(
    `with made as (
       insert into contacts (org_id, id, external_id, first_name, time_zone, attributes)
       select $1, uuidv7(), 'guest-' || n, 'Guest ' || n, 'Europe/Berlin', '{"level": "pro"}'
       from generate_series(0, $2::int - 1) n returning id, external_id
     )
     insert into identities (org_id, id, contact_id, kind, address)
     select $1, uuidv7(), id, 'email', external_id || '@example.com' from made`,
    [school.id, contacts],
  );
  await bed.owner.query('vacuum analyze contacts, identities');
  return school;
}
