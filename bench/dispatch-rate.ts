/** How fast due messages are dispatched, beside the least that any dispatcher must do: to an HTTP sink and to a mail server. */
import type { Bed, Measured } from './frame/bed.ts';
import type { Bench, BenchOptions, Figure } from './frame/bench.ts';
import { counts } from './frame/bench.ts';
import type { Shape } from './seed.ts';
import { scheduleAll, seed } from './seed.ts';
import { reportStatements } from './statement-costs.ts';

/** What a rendered mail of this bench weighs; the ceilings send as much. */
const bytes = 2_500;

/** On the same database as its ceiling. */
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
    const ceiling = await bed.measure('ceiling.ts', [bed.url, port, shape.messages, bytes]);
    await scheduleAll(bed.owner);
    const way = { what: 'messages dispatched to an HTTP sink', unit: 'messages/s', port, by: 'sink' };
    return besideCeiling(bed, options, shape, { ...way, ceiling, share: 0.5 });
  },
};

/** Its ceiling is nodemailer alone. */
export const smtpRate: Bench = {
  name: 'smtp',
  async run(bed, options) {
    const shape = counts(
      options,
      { messages: 20_000, organizations: 50 },
      { messages: 1_000, organizations: 10 },
    );
    const port = await bed.listening('smtp-sink.ts');
    const settings = { host: '127.0.0.1', port, security: 'none', pool_size: 5 };
    await seed(bed.owner, shape, { provider: 'smtp', settings });
    const ceiling = await bed.measure('ceilings/nodemailer.ts', [port, shape.messages, bytes]);
    const way = { what: 'mails dispatched by SMTP', unit: 'mails/s', port, by: 'smtp' };
    return besideCeiling(bed, options, shape, { ...way, ceiling, share: 0.8 });
  },
};

interface Way {
  what: string;
  unit: string;
  port: number;
  /** The provider. */
  by: string;
  ceiling: Measured;
  /** Of the ceiling's rate that is to be reached. */
  share: number;
}

async function besideCeiling(
  bed: Bed,
  options: BenchOptions,
  { messages }: Shape,
  way: Way,
): Promise<Figure[]> {
  const { ceiling } = way;
  const dispatch = await bed.measure('dispatch.ts', [bed.url, way.port, messages, way.by]);
  if (options.statements) await reportStatements(bed.serverLog, messages);
  const figure = (what: string, unit: string, of: (measured: Measured) => number): Figure => ({
    what,
    unit,
    value: of(dispatch),
    ceiling: of(ceiling),
  });
  const rate = figure(way.what, way.unit, ({ seconds }) => messages / seconds);
  const perMessage = (seconds: number | null) => ((seconds ?? 0) / messages) * 1e6;
  return [
    { ...rate, aim: { atLeast: way.share * (rate.ceiling ?? 0) } },
    { ...figure('memory', 'MB', ({ peakRssMb }) => peakRssMb), aim: { atMost: 400 } },
    figure('processor time, process', 'µs/message', ({ cpuSeconds }) => perMessage(cpuSeconds)),
    figure('processor time, PostgreSQL', 'µs/message', ({ serverCpuSeconds }) =>
      perMessage(serverCpuSeconds),
    ),
  ];
}
