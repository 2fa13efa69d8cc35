/** What a second worker brings when the provider takes 50 ms for an answer; on PostgreSQL alone, and with Redis. */
import { existsSync } from 'node:fs';
import type { Bed } from './frame/bed.ts';
import type { Bench, Figure } from './frame/bench.ts';
import { counts } from './frame/bench.ts';
import { scheduleDue, seedSender } from './frame/due-messages.ts';
import { startHalyard } from './frame/halyard.ts';
import { until } from './frame/load.ts';
import type { Receiver } from './frame/receiver.ts';
import { openReceiver } from './frame/receiver.ts';
import { redisServer, startRedis } from './frame/redis.ts';

const delayMs = 50;
/** Calls at once of one organization: what Halyard allows it, and the ceiling takes. */
const callsAtOnce = 48;

export const scaleOut: Bench = {
  name: 'scale-out',
  async run(bed, options) {
    const receiver = await openReceiver(bed, delayMs);
    const total = counts(options, 12_000, 600);
    const org = await seedSender(bed.owner, 'school', receiver.port, total);
    await bed.owner.query('vacuum analyze');
    const blast: Blast = { bed, receiver, org, total };
    const ceilings = [await bare(blast, 1), await bare(blast, 2)] as const;
    const figures = await pair(blast, 'PostgreSQL alone', {}, ceilings);
    if (!existsSync(redisServer)) {
      console.log('Left out: two workers with Redis. Install it with: apt-get install redis-server');
      return figures;
    }
    return [...figures, ...(await pair(blast, 'with Redis', { REDIS_URL: await startRedis(bed) }, ceilings))];
  },
};

interface Blast {
  bed: Bed;
  receiver: Receiver;
  org: string;
  total: number;
}

interface Drained {
  perSecond: number;
  /** How many of the machine's processors were at work, PostgreSQL's included; null where the system does not tell. */
  processors: number | null;
}

async function pair(
  blast: Blast,
  name: string,
  env: Record<string, string>,
  ceilings: readonly [one: number, two: number],
): Promise<Figure[]> {
  const one = await ours(blast, 1, env);
  const two = await ours(blast, 2, env);
  const rate = (what: string, { perSecond }: Drained, ceiling: number): Figure => ({
    what: `${what}, ${name}`,
    unit: 'messages/s',
    ceiling,
    value: perSecond,
  });
  return [
    rate('one worker', one, ceilings[0]),
    rate('two workers', two, ceilings[1]),
    {
      what: `two of one, ${name}`,
      unit: '',
      ceiling: ceilings[1] / ceilings[0],
      value: two.perSecond / one.perSecond,
      aim: { atLeast: 1.5 },
    },
    ...busy('one worker', name, one),
    ...busy('two workers', name, two),
  ];
}

const busy = (what: string, name: string, { processors }: Drained): Figure[] =>
  processors === null
    ? []
    : [{ what: `at work for ${what}, ${name}`, unit: 'processors', value: processors }];

async function bare(blast: Blast, processes: number): Promise<number> {
  const { bed, receiver, total } = blast;
  await schedule(blast);
  const ends = Array.from({ length: processes }, () =>
    bed.measure('ceilings/due.ts', [bed.url, receiver.port, total, callsAtOnce]),
  );
  await Promise.all(ends); // each when nothing is left
  return rateOf(blast);
}

async function ours(blast: Blast, processes: number, env: Record<string, string>): Promise<Drained> {
  const { bed } = blast;
  const workers = await Promise.all(
    Array.from({ length: processes }, () => startHalyard(bed, { ...env, HALYARD_ROLES: 'worker' })),
  );
  const cpu = async () => {
    const each = await Promise.all([bed.serverCpu(), ...workers.map((worker) => worker.cpuSeconds())]);
    return each.reduce<number | null>((sum, one) => (sum === null || one === null ? null : sum + one), 0);
  };
  await schedule(blast);
  const [before, began] = [await cpu(), performance.now()];
  const perSecond = await rateOf(blast);
  const [after, took] = [await cpu(), performance.now() - began];
  for (const worker of workers) await worker.stop();
  const processors = before === null || after === null ? null : ((after - before) * 1_000) / took;
  return { perSecond, processors };
}

let blasts = 0;
const nameOf = (n: number) => `blast ${n}`;

/** Every run begins with the same tables, and with all that it needs running. */
async function schedule({ bed, org }: Blast): Promise<void> {
  await bed.owner.query(
    'truncate decisions, pending_events, message_payloads, events, attempts, messages cascade',
  );
  await scheduleDue(bed.owner, org, 'marketing', nameOf(++blasts), { first: new Date(Date.now() + 1_000) });
  await bed.owner.query('vacuum analyze messages');
}

/** Messages a second from the first tenth to the last of them, as they come to the provider. */
async function rateOf({ receiver, total }: Blast): Promise<number> {
  const prefix = `${nameOf(blasts)} `;
  const arrivals = async () => (await receiver.look()).filter(([subject]) => subject.startsWith(prefix));
  await until(async () => (await arrivals()).length >= total, 100);
  const moments = (await arrivals()).map(([, at]) => at).sort((a, b) => a - b);
  const from = Math.floor(total / 10);
  return ((total - 1 - from) * 1_000) / ((moments.at(-1) ?? 0) - (moments[from] ?? 0));
}
