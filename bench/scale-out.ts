/** What a second worker brings when the provider takes 50 ms for an answer; on PostgreSQL alone, and with Redis. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import type { Bed } from './frame/bed.ts';
import type { Bench, Figure } from './frame/bench.ts';
import { counts } from './frame/bench.ts';
import { scheduleDue, seedSender } from './frame/due-messages.ts';
import { freePort } from './frame/free-port.ts';
import { startHalyard } from './frame/halyard.ts';
import { until } from './frame/load.ts';
import { openReceiver } from './frame/receiver.ts';

const delayMs = 50;
const redisServer = '/usr/bin/redis-server';

export const scaleOut: Bench = {
  name: 'scale-out',
  async run(bed, options) {
    const total = counts(options, 12_000, 300);
    const receiver = await openReceiver(bed, delayMs);
    const org = await seedSender(bed.owner, 'school', receiver.port, total);
    const schedule = () => scheduleDue(bed.owner, org, 'marketing', 'mail', { first: new Date() });
    await bed.owner.query('vacuum analyze');

    const bare = async (processes: number) => {
      await schedule();
      const share = processes === 1 ? total : total * 2; // it ends when nothing is left
      const measured = await Promise.all(
        Array.from({ length: processes }, () =>
          bed.measure('ceilings/due.ts', [bed.url, receiver.port, share, 48]),
        ),
      );
      return total / Math.max(...measured.map(({ seconds }) => seconds));
    };
    const ours = async (processes: number, env: Record<string, string>) => {
      await schedule();
      const workers = await Promise.all(
        Array.from({ length: processes }, () => startHalyard(bed, { ...env, HALYARD_ROLES: 'worker' })),
      );
      const rate = await drainRate(bed, total);
      for (const worker of workers) await worker.stop();
      return rate;
    };
    const pair = async (name: string, env: Record<string, string>, ceilings: number[]): Promise<Figure[]> => {
      const one = await ours(1, env);
      const two = await ours(2, env);
      const unit = 'messages/s';
      return [
        { what: `one worker, ${name}`, unit, ceiling: ceilings[0] ?? 0, value: one },
        { what: `two workers, ${name}`, unit, ceiling: ceilings[1] ?? 0, value: two },
        { what: `two of one, ${name}`, unit: '', value: two / one, aim: { atLeast: 1.5 } },
      ];
    };

    const ceilings = [await bare(1), await bare(2)];
    const figures = await pair('PostgreSQL alone', {}, ceilings);
    if (!existsSync(redisServer)) {
      console.log('Left out: two workers with Redis. Install it with: apt-get install redis-server');
      return figures;
    }
    return [...figures, ...(await pair('with Redis', { REDIS_URL: await startRedis(bed) }, ceilings))];
  },
};

/** Messages a second between the first tenth and the last of them: without what starting up takes. */
async function drainRate({ owner }: Bed, total: number): Promise<number> {
  const left = async () => {
    const { rows } = await owner.query(
      `select count(*)::int as left from messages where status in ('scheduled', 'sending')`,
    );
    return rows[0].left as number;
  };
  let from = total;
  await until(async () => {
    from = await left();
    return from <= total * 0.9;
  }, 10);
  const began = performance.now();
  await until(async () => (await left()) === 0, 10);
  return from / ((performance.now() - began) / 1000);
}

async function startRedis(bed: Bed): Promise<string> {
  const port = await freePort();
  const child = spawn(
    redisServer,
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--save',
      '',
      '--dir',
      bed.folder,
      '--maxmemory-policy',
      'noeviction',
    ],
    { stdio: 'ignore' },
  );
  bed.atEnd(async () => {
    child.kill();
    if (child.exitCode === null) await once(child, 'exit');
  });
  return `redis://127.0.0.1:${port}`;
}
