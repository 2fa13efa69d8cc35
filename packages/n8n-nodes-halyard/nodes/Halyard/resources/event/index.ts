import { additional, date, filters, json, text } from '../../fields/collections';
import { contactReference, contactReferenceSent } from '../../fields/contact-reference';
import type { Resource } from '../../operation';

const content = [
  {
    ...text('Type', 'type', 'Lower case with dots, such as user.login'),
    required: true,
    placeholder: 'user.login',
  },
  ...contactReference({ nobody: true }),
  {
    displayName: 'Create Contact',
    name: 'createContact',
    type: 'boolean' as const,
    default: false,
    description: 'Whether to create the contact when there is none, and to bring it up to date',
  },
  json('Payload', 'payload', 'What is to be known about it, such as {"plan": "pro"}'),
  additional([
    text('Event ID', 'eventId', 'Your own: the same ID again is recorded once'),
    date('Occurred At', 'occurredAt', 'When it happened; now when left out'),
    text('Subject ID', 'subjectId'),
    text('Subject Type', 'subjectType', 'What it is about, such as order; together with Subject ID'),
  ]),
];

const sent = {
  ...contactReferenceSent,
  eventId: { as: 'id' },
  subjectId: { as: 'subject.id' },
  subjectType: { as: 'subject.type' },
};

const quarantine = {
  displayName: 'Quarantine',
  name: 'quarantine',
  type: 'boolean' as const,
  default: false,
  description: 'Whether events that are rejected wait as review items until they are mended',
};

export const event: Resource = {
  value: 'event',
  name: 'Event',
  operations: [
    {
      value: 'send',
      name: 'Send',
      action: 'Send an event',
      description: 'Record that something happened; flows are decided right after',
      method: 'POST',
      path: '/events',
      properties: content,
      sent,
      idempotent: true,
    },
    {
      value: 'sendBatch',
      name: 'Send Batch',
      action: 'Send all items as events',
      description: 'Record all items, up to 1,000 a request; each is accepted or rejected by itself',
      method: 'POST',
      path: '/events/batch',
      properties: [...content, quarantine],
      sent: { ...sent, quarantine: false },
      idempotent: true,
      batch: { into: 'events', size: 1000, beside: ['quarantine'] },
    },
    {
      value: 'getAll',
      name: 'Get Many',
      action: 'Get many events',
      description: 'List events, newest first',
      method: 'GET',
      path: '/events',
      properties: [
        filters([
          text('Contact ID', 'contactId'),
          date('Recorded Before', 'recordedBefore'),
          date('Recorded From', 'recordedFrom'),
          text('Subject ID', 'subjectId'),
          text('Subject Type', 'subjectType'),
          text('Type', 'type'),
        ]),
      ],
      paged: true,
    },
  ],
};
