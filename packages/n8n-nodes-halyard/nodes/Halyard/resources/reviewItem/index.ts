import { additional, choice, filters, json } from '../../fields/collections';
import { idOf } from '../../fields/locators';
import type { Operation, Resource } from '../../operation';

export const reviewKinds = [
  'dead_message',
  'unknown_message',
  'failed_event',
  'failed_run',
  'quarantined_input',
  'failed_delivery',
] as const;

const itemId = idOf('Review Item ID', 'reviewItemId');

const retry: Operation = {
  value: 'retry',
  name: 'Retry',
  action: 'Retry a review item',
  description: 'Try again what failed',
  method: 'POST',
  path: '/review-items/:reviewItemId/replay',
  properties: [
    itemId,
    additional([
      {
        displayName: 'Confirm',
        name: 'confirm',
        type: 'boolean',
        default: false,
        description: 'Whether to try it even where it may have reached the person already',
      },
      json('Payload', 'payload', 'A quarantined input as it should have been; as it came, when left out'),
    ]),
  ],
};

export const reviewItem: Resource = {
  value: 'reviewItem',
  name: 'Review Item',
  operations: [
    {
      value: 'getAll',
      name: 'Get Many',
      action: 'Get many review items',
      description: 'List what a person must look at, newest first',
      method: 'GET',
      path: '/review-items',
      properties: [
        filters([
          choice('Kind', 'kind', reviewKinds, 'dead_message'),
          choice('Status', 'status', ['open', 'replayed', 'resolved'], 'open'),
        ]),
      ],
      paged: true,
    },
    {
      value: 'get',
      name: 'Get',
      action: 'Get a review item',
      description: 'Get one of them, open or not',
      method: 'GET',
      path: '/review-items/:reviewItemId',
      properties: [itemId],
    },
    retry,
    {
      value: 'resolve',
      name: 'Resolve',
      action: 'Resolve a review item',
      description: 'Leave it as it is',
      method: 'POST',
      path: '/review-items/:reviewItemId/resolve',
      properties: [itemId],
    },
  ],
};
