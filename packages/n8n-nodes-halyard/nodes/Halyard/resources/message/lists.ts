import { channel, messageClass } from '../../fields/channel';
import { choice, date, filters, text } from '../../fields/collections';
import { flow, optional } from '../../fields/locators';
import type { Operation } from '../../operation';

export const messageStatuses = [
  'scheduled',
  'sending',
  'sent',
  'delivered',
  'bounced',
  'failed',
  'unknown',
  'dead',
  'skipped',
  'cancelled',
  'expired',
] as const;

export const messageLists: Operation[] = [
  {
    value: 'getAll',
    name: 'Get Many',
    action: 'Get many messages',
    description: 'List messages, newest or soonest first',
    method: 'GET',
    path: '/messages',
    properties: [
      filters([
        text('Booking ID', 'bookingId'),
        channel(),
        messageClass,
        text('Contact ID', 'contactId'),
        date('Created After', 'createdAfter'),
        date('Created Before', 'createdBefore'),
        optional(flow),
        choice('Order', 'order', ['newest', 'due'], 'newest', 'Due: only what is scheduled, soonest first'),
        choice(
          'Source',
          'source',
          ['flow', 'api', 'outreach', 'campaign', 'permit', 'test', 'system'],
          'flow',
        ),
        choice('Status', 'status', messageStatuses, 'scheduled'),
      ]),
    ],
    paged: true,
  },
];
