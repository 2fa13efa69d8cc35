/** How fast due messages are dispatched, beside the least that any dispatcher must do, on the same database. */
import type { Measured } from './frame/bed.ts';
import type { Bench } from './frame/bench.ts';
import { counts } from './frame/bench.ts';
import { scheduleAll, seed } from './seed.ts';
import { reportStatements } from './statement-costs.ts';

/** What a rendered mail of this bench weighs as JSON; the ceiling posts as much. */
const payloadBytes = 2_500;

export const dispatchRate: Bench = {
  name: 'dispatch',
  async run(bed, options) {
    const shape = counts(
      options,
      { messages: 100_000, organizations: 50 },
      { messages: 2_000, organizations: 10 },
    );
    const port = await bed.listening('sink.ts');
    await seed(bed.owner, shape);
    const ceiling = await bed.measure('ceiling.ts', [bed.url, port, shape.messages, payloadBytes]);
    await scheduleAll(bed.owner);
    const dispatch = await bed.measure('dispatch.ts', [bed.url, port, shape.messages]);
    if (options.statements) await reportStatements(bed.serverLog, shape.messages);
    const perSecond = ({ seconds }: Measured) => shape.messages / seconds;
    const cpu = ({ cpuSeconds }: Measured) => (cpuSeconds / shape.messages) * 1e6;
    const serverCpu = ({ serverCpuSeconds }: Measured) => ((serverCpuSeconds ?? 0) / shape.messages) * 1e6;
    return [
      {
        what: 'messages dispatched to an HTTP sink',
        value: perSecond(dispatch),
        unit: 'messages/s',
        ceiling: perSecond(ceiling),
        aim: { atLeast: 0.5 * perSecond(ceiling) },
      },
      {
        what: 'memory',
        value: dispatch.peakRssMb,
        unit: 'MB',
        ceiling: ceiling.peakRssMb,
        aim: { atMost: 400 },
      },
      { what: 'processor time, process', value: cpu(dispatch), unit: 'µs/message', ceiling: cpu(ceiling) },
      {
        what: 'processor time, PostgreSQL',
        value: serverCpu(dispatch),
        unit: 'µs/message',
        ceiling: serverCpu(ceiling),
      },
    ];
  },
};
