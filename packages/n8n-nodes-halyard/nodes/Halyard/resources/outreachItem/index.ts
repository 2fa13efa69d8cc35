import { channelList } from '../../fields/channel';
import { filters, text } from '../../fields/collections';
import { idOf } from '../../fields/locators';
import type { Operation, Resource } from '../../operation';
import { reportOutcome } from '../sendPermit/report-outcome';
import { push, pushBatch } from './push';

const claim: Operation = {
  value: 'claim',
  name: 'Claim',
  action: 'Claim due messages',
  description: 'Take due messages for sending under a lease; report the outcome of each before it ends',
  method: 'POST',
  path: '/outreach/claim',
  properties: [
    { ...channelList, default: [], description: 'Only those of these channels; all, when left out' },
    {
      displayName: 'At Most',
      name: 'atMost',
      type: 'number',
      typeOptions: { minValue: 1, maxValue: 100 },
      default: 10,
    },
    {
      displayName: 'Lease (Seconds)',
      name: 'leaseSeconds',
      type: 'number',
      typeOptions: { minValue: 10, maxValue: 3600 },
      default: 300,
      description: 'What has no outcome after that is unknown, and a person is asked',
    },
  ],
  sent: { atMost: { as: 'limit' } },
  items: 'items',
  idempotent: true,
};

export const outreachItem: Resource = {
  value: 'outreachItem',
  name: 'Outreach Item',
  operations: [
    push,
    pushBatch,
    claim,
    { ...reportOutcome, action: 'Report the outcome of a claimed message' },
    {
      value: 'get',
      name: 'Get',
      action: 'Get an outreach item',
      description: 'Get what became of an outreach item',
      method: 'GET',
      path: '/outreach/items/:itemId',
      properties: [idOf('Item ID', 'itemId', 'The ID that it was pushed with')],
    },
    {
      value: 'getAll',
      name: 'Get Many',
      action: 'Get many outreach items',
      description: 'List outreach items, newest first; of one sequence by step',
      method: 'GET',
      path: '/outreach/items',
      properties: [filters([text('Contact ID', 'contactId'), text('Sequence ID', 'sequenceId')])],
      paged: true,
    },
  ],
};
