/** From the moment an event is posted until its mail has arrived at the provider: at an even rate, and in bursts. */
import type { Bench } from './frame/bench.ts';
import { counts } from './frame/bench.ts';
import { startHalyard } from './frame/halyard.ts';
import { Client, nowMs, pace, quantile, until } from './frame/load.ts';
import { openReceiver } from './frame/receiver.ts';
import { connectSink, openSchool, publishFlow, writeTemplate } from './frame/school.ts';

export const mailLatency: Bench = {
  name: 'mail',
  async run(bed, options) {
    const { url } = await startHalyard(bed);
    const { id, api } = await openSchool(url);
    const receiver = await openReceiver(bed);
    await connectSink(api, receiver.port);
    await writeTemplate(api, 'booked', '{{event.payload.subject}}');
    await publishFlow(api, {
      name: 'Lesson booked',
      trigger: { type: 'event', event: 'tour.booked' },
      reentry: 'always',
      steps: [
        { id: 'booked', type: 'message', template: 'booked', channels: ['email'], class: 'transactional' },
      ],
    });
    const bare = new Client(
      `http://127.0.0.1:${await bed.listening('ceilings/mail.ts', [bed.url, id, receiver.port])}`,
    );

    let batch = 0;
    /** Milliseconds until each mail arrived. */
    const latencies = async (client: Client, total: number, perSecond: number): Promise<number[]> => {
      const name = `batch ${++batch}`;
      const posted = new Map<string, number>();
      await pace(total, perSecond, async (n) => {
        const subject = `${name}, mail ${n}`;
        posted.set(subject, nowMs());
        const contact = { external_id: `${name}-${n}`, email: `guest-${batch}-${n}@example.com` };
        await client.call('POST', '/events', {
          type: 'tour.booked',
          contact,
          create_contact: true,
          payload: { subject },
        });
      });
      await until(
        async () => (await receiver.look()).filter(([subject]) => posted.has(subject)).length >= total,
      );
      return (await receiver.look()).flatMap(([subject, at]) => {
        const since = posted.get(subject);
        return since === undefined ? [] : [at - since];
      });
    };
    const evenly = (client: Client) => latencies(client, counts(options, 280, 30), counts(options, 7, 30));
    const bursts = async (client: Client) => {
      const all: number[] = [];
      for (let n = 0; n < counts(options, 5, 1); n++) all.push(...(await latencies(client, 200, 1e6)));
      return all;
    };
    const p99 = (values: number[]) => quantile(values, 0.99);

    await latencies(api, counts(options, 400, 50), 50); // warm-up
    await latencies(bare, 50, 50);
    const [bareEven, even] = [await evenly(bare), await evenly(api)];
    const figures = [
      {
        what: 'event to mail at 7/s, p50',
        unit: 'ms',
        ceiling: quantile(bareEven, 0.5),
        value: quantile(even, 0.5),
      },
      {
        what: 'event to mail at 7/s, p99',
        unit: 'ms',
        ceiling: p99(bareEven),
        value: p99(even),
        aim: { atMost: 60 },
      },
      {
        what: 'event to mail in a burst of 200, p99',
        unit: 'ms',
        ceiling: p99(await bursts(bare)),
        value: p99(await bursts(api)),
        aim: { atMost: 500 },
      },
    ];
    await api.close();
    await bare.close();
    return figures;
  },
};
