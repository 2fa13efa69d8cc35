import { additional, choice, text } from '../../fields/collections';
import { idOf } from '../../fields/locators';
import type { Operation } from '../../operation';

/** What n8n itself did with a message that Halyard let it send. */
export const reportOutcome: Operation = {
  value: 'reportOutcome',
  name: 'Report Outcome',
  action: 'Report what became of a send',
  description: 'Tell what became of a send; one that is never reported is unknown',
  method: 'POST',
  path: '/attempts/:attemptId/outcome',
  properties: [
    idOf('Attempt ID', 'attemptId'),
    {
      ...choice(
        'Outcome',
        'outcome',
        ['sent', 'delivered', 'bounced', 'failed', 'throttled', 'not_sent'],
        'sent',
      ),
      description:
        'Sent: the provider took it. Failed: refused for good. Throttled and not sent: certainly not sent, so it is tried again.',
    },
    additional([
      text('Code', 'code', 'Of the provider'),
      text('Detail', 'detail', 'What the provider said'),
      {
        displayName: 'Invalid Address',
        name: 'invalidAddress',
        type: 'boolean',
        default: false,
        description: 'Whether it failed because the address is not one',
      },
      text('Provider Message ID', 'providerMessageId'),
      {
        displayName: 'Retry After (Seconds)',
        name: 'retryAfterSeconds',
        type: 'number',
        typeOptions: { minValue: 0 },
        default: 60,
        description: 'Of a throttled one',
      },
    ]),
  ],
};
