/** How late messages arrive at the provider when 500 are due a second; then transactional ones while a blast drains. */
import type { Bed } from './frame/bed.ts';
import type { Bench } from './frame/bench.ts';
import { counts } from './frame/bench.ts';
import { scheduleDue, seedSender } from './frame/due-messages.ts';
import { startHalyard } from './frame/halyard.ts';
import { quantile, until } from './frame/load.ts';
import type { Receiver } from './frame/receiver.ts';
import { openReceiver } from './frame/receiver.ts';

const perSecond = 500;

export const lateness: Bench = {
  name: 'lateness',
  async run(bed, options) {
    const total = counts(options, 10_000, 500);
    const blast = counts(options, 100_000, 2_000);
    const receiver = await openReceiver(bed);
    const school = await seedSender(bed.owner, 'school', receiver.port, total);
    const neighbour = await seedSender(bed.owner, 'neighbour', receiver.port, blast);
    await bed.owner.query('vacuum analyze');

    const first = await schedule(bed, school, 'bare');
    const bare = bed.measure('ceilings/due.ts', [bed.url, receiver.port, total]);
    const ceiling = await latenessOf(receiver, 'bare', total, first);
    await bare;

    await startHalyard(bed, { HALYARD_ROLES: 'worker' });
    await latenessOf(receiver, 'warm-up', total, await schedule(bed, school, 'warm-up'));
    const alone = await latenessOf(receiver, 'alone', total, await schedule(bed, school, 'alone'));
    await scheduleDue(bed.owner, neighbour, 'marketing', 'blast', { first: new Date() });
    const beside = await latenessOf(receiver, 'beside', total, await schedule(bed, school, 'beside'));
    const { rows } = await bed.owner.query(
      `select count(*)::int as left from messages where org_id = $1 and status = 'scheduled'`,
      [neighbour],
    );
    const aim = { atMost: 1_000 };
    return [
      { what: `lateness at ${perSecond} due/s, p99`, unit: 'ms', ceiling, value: alone, aim },
      { what: `the same beside a blast of ${blast}, p99`, unit: 'ms', ceiling, value: beside, aim },
      { what: 'of the blast still to go then', unit: 'messages', value: rows[0].left },
    ];
  },
};

/** From two seconds ahead, so that all is there before the first is due. Returns that moment. */
async function schedule(bed: Bed, org: string, name: string): Promise<number> {
  const first = new Date(Date.now() + 2_000);
  await scheduleDue(bed.owner, org, 'transactional', name, { first, perSecond });
  return first.getTime();
}

async function latenessOf(receiver: Receiver, name: string, total: number, first: number): Promise<number> {
  const arrived = async () => (await receiver.look()).filter(([subject]) => subject.startsWith(`${name} `));
  await until(async () => (await arrived()).length >= total, 200);
  const late = (await arrived()).map(([subject, at]) => {
    const n = Number(subject.slice(name.length + 1));
    return at - (first + (n * 1_000) / perSecond);
  });
  return quantile(late, 0.99);
}
