import type { INodeProperties } from 'n8n-workflow';
import { channel } from '../../fields/channel';
import { choice, date, filters, text } from '../../fields/collections';
import type { Operation } from '../../operation';

const key = (by: string, displayName: string, name: string): INodeProperties => ({
  ...text(displayName, name),
  required: true,
  displayOptions: { show: { findBy: [by] } },
});

export const listOperations: Operation[] = [
  {
    value: 'find',
    name: 'Find',
    action: 'Find a contact',
    description: 'Get the contact that has an address or external ID; no item when there is none',
    method: 'GET',
    path: '/contacts',
    properties: [
      {
        displayName: 'Find By',
        name: 'findBy',
        type: 'options',
        options: [
          { name: 'Email', value: 'email' },
          { name: 'External ID', value: 'externalId' },
          { name: 'Phone', value: 'phone' },
        ],
        default: 'email',
      },
      key('email', 'Email', 'email'),
      key('externalId', 'External ID', 'externalId'),
      key('phone', 'Phone', 'phone'),
    ],
    sent: { findBy: false },
    fixed: { limit: 1 },
    items: 'items',
  },
  {
    value: 'getAll',
    name: 'Get Many',
    action: 'Get many contacts',
    description: 'List and search contacts',
    method: 'GET',
    path: '/contacts',
    properties: [
      filters([
        text('Country', 'country', 'Two letters, such as DE'),
        date('Created From', 'createdFrom'),
        date('Created To', 'createdTo'),
        text('Locale', 'locale'),
        choice('Order', 'order', ['newest', 'oldest', 'name', 'name_desc'], 'newest'),
        { ...channel(), displayName: 'Preferred Channel', name: 'preferredChannel' },
        text('Search', 'search', 'What a name or an address begins with'),
      ]),
    ],
    paged: true,
  },
];
