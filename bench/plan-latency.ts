/** From the moment a booking is posted until its whole plan can be read, at 50 bookings a second of one organization. */
import type { Bench } from './frame/bench.ts';
import { counts } from './frame/bench.ts';
import { newBooking, openBookingSchool, PlanWatch, plannedMessages, readPlan } from './frame/bookings.ts';
import { startHalyard } from './frame/halyard.ts';
import { Client, pace, quantile } from './frame/load.ts';

const perSecond = 50;

export const planLatency: Bench = {
  name: 'plan',
  async run(bed, options) {
    const total = counts(options, 1_500, 100);
    const { url } = await startHalyard(bed);
    const { api, school, contactId } = await openBookingSchool(url);
    const port = await bed.listening('ceilings/plan.ts', [bed.url, school, contactId, plannedMessages]);
    const bare = new Client(`http://127.0.0.1:${port}`);
    const watch = new PlanWatch(bed.owner, school);
    await latencies(api, watch, counts(options, 500, 20)); // warm-up
    await latencies(bare, watch, counts(options, 200, 20));
    const ceiling = quantile(await latencies(bare, watch, total), 0.99);
    const measured = await latencies(api, watch, total);
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
    ];
  },
};

async function latencies(client: Client, watch: PlanWatch, total: number): Promise<number[]> {
  const took: number[] = [];
  await pace(total, perSecond, async () => {
    const began = performance.now();
    const { id } = await client.call<{ id: string }>('POST', '/bookings', newBooking());
    await watch.planned(id);
    await readPlan(client, id);
    took.push(performance.now() - began);
  });
  return took;
}
