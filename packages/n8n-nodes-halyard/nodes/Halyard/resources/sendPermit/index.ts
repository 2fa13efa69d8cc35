import { channel, messageClass, topic } from '../../fields/channel';
import { additional, text } from '../../fields/collections';
import { contactReference, contactReferenceSent } from '../../fields/contact-reference';
import type { Operation, Resource } from '../../operation';
import { reportOutcome } from './report-outcome';

const request: Operation = {
  value: 'request',
  name: 'Request',
  action: 'Request a send permit',
  description:
    'Ask before n8n sends something itself: the same rules, caps, quiet hours and ledger as for messages of Halyard',
  method: 'POST',
  path: '/send-permits',
  idempotent: true,
  properties: [
    {
      ...text(
        'Key',
        'key',
        'Your own, one for each message: it is granted once, and refused to whoever asks with it again',
      ),
      required: true,
    },
    ...contactReference({
      address: { name: 'Address (No Contact)', value: 'address', description: 'Somebody who is no contact' },
    }),
    { ...text('Address', 'to'), required: true, displayOptions: { show: { contactBy: ['address'] } } },
    channel(),
    messageClass,
    additional([
      {
        displayName: 'Create Contact',
        name: 'createContact',
        type: 'boolean',
        default: false,
        description: 'Whether to create the contact when there is none',
      },
      {
        displayName: 'Expires In (Seconds)',
        name: 'expiresInSeconds',
        type: 'number',
        typeOptions: { minValue: 10, maxValue: 86400 },
        default: 900,
        description: 'Until when it is sent and reported; after that it is unknown',
      },
      text('Name', 'name', 'Of the recipient, where it is no contact'),
      text('Subject', 'subject'),
      text('Text', 'text', 'A summary, shown in Halyard'),
      topic,
    ]),
  ],
  sent: contactReferenceSent,
};

export const sendPermit: Resource = {
  value: 'sendPermit',
  name: 'Send Permit',
  operations: [request, reportOutcome],
};
