import { additional, choice } from '../../fields/collections';
import { idOf } from '../../fields/locators';
import type { Operation } from '../../operation';

const messageId = idOf('Message ID', 'messageId');

export const oneMessage: Operation[] = [
  {
    value: 'getStatus',
    name: 'Get Status',
    action: 'Get the status of a message',
    description: 'Get where a message stands',
    method: 'GET',
    path: '/messages/:messageId/status',
    properties: [messageId],
  },
  {
    value: 'explain',
    name: 'Explain',
    action: 'Explain a message',
    description: 'Get why a message was sent, or why not, in sentences and as data',
    method: 'GET',
    path: '/messages/:messageId/explain',
    properties: [messageId, additional([choice('Language', 'locale', ['en', 'de'], 'en')])],
  },
  {
    value: 'get',
    name: 'Get',
    action: 'Get a message',
    description: 'Get a message with its decisions, attempts, reports and what went out',
    method: 'GET',
    path: '/messages/:messageId',
    properties: [messageId],
  },
  {
    value: 'cancel',
    name: 'Cancel',
    action: 'Cancel a message',
    description: 'Cancel a message that was not sent yet',
    method: 'POST',
    path: '/messages/:messageId/cancel',
    properties: [messageId],
  },
];
