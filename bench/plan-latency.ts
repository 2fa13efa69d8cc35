/** From the moment a booking is posted until its whole plan can be read, at 50 bookings a second of one organization. */
import type { Bench } from './frame/bench.ts';
import { counts } from './frame/bench.ts';
import { newBooking, openBookingSchool, PlanWatch, plannedMessages, readPlan } from './frame/bookings.ts';
import { startHalyard } from './frame/halyard.ts';
import { Client, pace, quantile } from './frame/load.ts';
import { processorTime } from './frame/processor-time.ts';
import { reportStatements } from './statement-costs.ts';

const perSecond = 50;

export const planLatency: Bench = {
  name: 'plan',
  async run(bed, options) {
    const total = counts(options, 1_500, 100);
    const halyard = await startHalyard(bed);
    const { api, school, contactId } = await openBookingSchool(halyard.url);
    const port = await bed.listening('ceilings/plan.ts', [bed.url, school, contactId, plannedMessages]);
    const bare = new Client(`http://127.0.0.1:${port}`);
    const watch = new PlanWatch(bed.owner, school);
    await latencies(api, watch, counts(options, 500, 20)); // warm-up
    await latencies(bare, watch, counts(options, 200, 20));
    const ceiling = quantile(whole(await latencies(bare, watch, total)), 0.99);
    const { done, cpu } = await processorTime(bed, halyard, total, 'booking', () =>
      latencies(api, watch, total),
    );
    const measured = whole(done);
    if (options.statements) await reportStatements(bed.serverLog, total);
    await api.close();
    await bare.close();
    return [
      { what: 'booking to plan, p50', unit: 'ms', value: quantile(measured, 0.5) },
      {
        what: `booking to plan at ${perSecond}/s, p99`,
        unit: 'ms',
        ceiling,
        value: quantile(measured, 0.99),
        aim: { atMost: 100 },
      },
      ...stages.map((stage) => ({
        what: `of it ${stage}, p99`,
        unit: 'ms',
        value: quantile(
          done.map((one) => one[stage]),
          0.99,
        ),
      })),
      ...cpu,
    ];
  },
};

/** What a booking waits for, one after the other. */
const stages = ['until it is acknowledged', 'then until its plan is there', 'then until it is read'] as const;
type Stages = Record<(typeof stages)[number], number>;

const whole = (done: readonly Stages[]): number[] =>
  done.map((one) => stages.reduce((sum, stage) => sum + one[stage], 0));

async function latencies(client: Client, watch: PlanWatch, total: number): Promise<Stages[]> {
  const took: Stages[] = [];
  await pace(total, perSecond, async () => {
    const began = performance.now();
    const { id } = await client.call<{ id: string }>('POST', '/bookings', newBooking());
    const acknowledged = performance.now();
    await watch.planned(id);
    const planned = performance.now();
    await readPlan(client, id);
    took.push({
      'until it is acknowledged': acknowledged - began,
      'then until its plan is there': planned - acknowledged,
      'then until it is read': performance.now() - planned,
    });
  });
  return took;
}
