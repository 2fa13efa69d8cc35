import type { INodeProperties } from 'n8n-workflow';
import { additional, choice, date, json, text } from '../../fields/collections';
import { idOf } from '../../fields/locators';
import type { Operation } from '../../operation';

const byFields = { show: { specify: ['fields'] } };

const fields: INodeProperties[] = [
  idOf('Item ID', 'itemId', 'Your own: the same item again is answered as the first time'),
  idOf('Tenant ID', 'tenantId', 'The ID of the organization, or a tenant that was mapped to it'),
  idOf('User ID', 'userId', 'Who writes, in the calling service'),
  choice('Channel', 'channel', ['email', 'discord', 'slack', 'telegram'], 'email'),
  text('Subject', 'subject'),
  { ...text('Body', 'body'), required: true, typeOptions: { rows: 5 } },
  {
    ...json('Target', 'target', 'Whom it is for'),
    default: '{ "email": "", "name": null, "external_ids": {} }',
    required: true,
  },
].map((property) => ({ ...property, displayOptions: byFields }));

const content: INodeProperties[] = [
  {
    displayName: 'Specify Item',
    name: 'specify',
    type: 'options',
    options: [
      { name: 'As JSON', value: 'json', description: 'The whole item, as another service sends it' },
      { name: 'Using Fields Below', value: 'fields' },
    ],
    default: 'json',
  },
  {
    ...json(
      'Item',
      'item',
      'With id, tenant_id, user_id, channel, subject, body, target, schedule_at, sequence_id and step',
    ),
    default: '={{ $json.body }}',
    required: true,
    displayOptions: { show: { specify: ['json'] } },
  },
  ...fields,
  {
    ...additional([
      date('Schedule At', 'scheduleAt', 'At once, when left out'),
      text('Sequence ID', 'sequenceId'),
      { displayName: 'Step', name: 'step', type: 'number', typeOptions: { minValue: 1 }, default: 1 },
    ]),
    displayOptions: byFields,
  },
];

/** Chat channels need none, but the item names it. */
const fixed = { subject: '' };
const sent = { specify: false, item: { as: '' }, itemId: { as: 'id' } } as const;

export const push: Operation = {
  value: 'push',
  name: 'Push',
  action: 'Push an outreach item',
  description: 'Have something said to somebody, under the rules of sending',
  method: 'POST',
  path: '/outreach/items',
  properties: content,
  fixed,
  sent,
  idempotent: true,
};

export const pushBatch: Operation = {
  value: 'pushBatch',
  name: 'Push Batch',
  action: 'Push all items as outreach items',
  description: 'Push all items, up to 1,000 a request; each is accepted or rejected by itself',
  method: 'POST',
  path: '/outreach/items/batch',
  properties: content,
  fixed,
  sent,
  idempotent: true,
  batch: { into: 'items', size: 1000 },
};
