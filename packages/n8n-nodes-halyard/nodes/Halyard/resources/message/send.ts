import { channelList, messageClass, topic } from '../../fields/channel';
import { additional, date, json, text } from '../../fields/collections';
import { contactReference, contactReferenceSent } from '../../fields/contact-reference';
import { template } from '../../fields/locators';
import type { Operation } from '../../operation';

const byAddress = {
  name: 'Addresses (No Contact)',
  value: 'addresses',
  description: 'Somebody who is no contact',
};

export const send: Operation = {
  value: 'send',
  name: 'Send',
  action: 'Send a message',
  description: 'Schedule a message, for now or later; every rule is checked when it is released',
  method: 'POST',
  path: '/messages/send',
  properties: [
    ...contactReference({ address: byAddress }),
    {
      ...json('Addresses', 'addresses', 'One per channel, such as {"email": "ada@example.com"}'),
      required: true,
      displayOptions: { show: { contactBy: ['addresses'] } },
    },
    channelList,
    {
      displayName: 'Content From',
      name: 'contentFrom',
      type: 'options',
      options: [
        { name: 'Template', value: 'template' },
        { name: 'Text', value: 'text' },
      ],
      default: 'template',
    },
    { ...template, displayOptions: { show: { contentFrom: ['template'] } } },
    {
      ...text('Subject', 'subject', 'Of an email'),
      displayOptions: { show: { contentFrom: ['text'] } },
    },
    {
      ...text('Body', 'body', 'Text or simple HTML, with Liquid such as {{ contact.first_name }}'),
      required: true,
      typeOptions: { rows: 5 },
      displayOptions: { show: { contentFrom: ['text'] } },
    },
    messageClass,
    additional([
      text('Booking ID', 'bookingId', 'Its booking fills eventName, eventDate and so on'),
      {
        displayName: 'Create Contact',
        name: 'createContact',
        type: 'boolean',
        default: false,
        description: 'Whether to create the contact when there is none',
      },
      date('Expires At', 'expiresAt', 'After this it is not sent any more'),
      text('Message ID', 'messageId', 'Your own: the same ID again answers the same message'),
      text('Name', 'name', 'Of the recipient, where it is no contact'),
      date('Send At', 'sendAt', 'Now, when left out'),
      topic,
      json('Variables', 'variables', 'For the template, such as {"code": "1234"}'),
    ]),
  ],
  sent: {
    ...contactReferenceSent,
    addresses: { as: 'to' },
    contentFrom: false,
    subject: { as: 'content.subject' },
    body: { as: 'content.body' },
    messageId: { as: 'id' },
  },
  idempotent: true,
};
