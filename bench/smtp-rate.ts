/** How fast due messages are dispatched to a mail server, beside nodemailer alone. */
import type { Measured } from './frame/bed.ts';
import type { Bench } from './frame/bench.ts';
import { counts } from './frame/bench.ts';
import { seed } from './seed.ts';

/** What a mail of this bench weighs. */
const mailBytes = 2_500;

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
    const ceiling = await bed.measure('ceilings/nodemailer.ts', [port, shape.messages, mailBytes]);
    const dispatch = await bed.measure('dispatch.ts', [bed.url, port, shape.messages, 'smtp']);
    const perSecond = ({ seconds }: Measured) => shape.messages / seconds;
    return [
      {
        what: 'mails dispatched by SMTP',
        value: perSecond(dispatch),
        unit: 'mails/s',
        ceiling: perSecond(ceiling),
        aim: { atLeast: 0.8 * perSecond(ceiling) },
      },
      {
        what: 'memory',
        value: dispatch.peakRssMb,
        unit: 'MB',
        ceiling: ceiling.peakRssMb,
        aim: { atMost: 400 },
      },
    ];
  },
};
