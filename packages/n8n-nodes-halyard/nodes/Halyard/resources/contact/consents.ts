import { channels, topic } from '../../fields/channel';
import { additional, choice, date, json, text } from '../../fields/collections';
import { idOf } from '../../fields/locators';
import type { Operation } from '../../operation';

const contactId = idOf('Contact ID', 'contactId');

export const consentOperations: Operation[] = [
  {
    value: 'recordConsent',
    name: 'Record Consent',
    action: 'Record consent of a contact',
    description: 'Record that a contact granted or withdrew consent',
    method: 'POST',
    path: '/contacts/:contactId/consents',
    properties: [
      contactId,
      choice(
        'State',
        'state',
        ['granted', 'pending', 'withdrawn'],
        'granted',
        'Pending asks for a double opt-in and allows nothing until the person confirms',
      ),
      {
        ...choice('Channel', 'channel', channels, '*'),
        options: [{ name: 'All', value: '*' }, ...(choice('', '', channels, '').options ?? [])],
      },
      topic,
      additional([
        json('Evidence', 'evidence', 'What proves it, such as {"text": "…", "url": "…", "ip": "…"}'),
        date('Occurred At', 'occurredAt', 'When the person said so; now when left out'),
        text('Source', 'source', 'Where it was said, such as form'),
      ]),
    ],
    idempotent: true,
  },
  {
    value: 'getConsents',
    name: 'Get Consents',
    action: 'Get consents of a contact',
    description: 'Get what a contact allows now, and how that came about',
    method: 'GET',
    path: '/contacts/:contactId/consents',
    properties: [contactId],
  },
];
