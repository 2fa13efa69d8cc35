import type { INodeProperties } from 'n8n-workflow';
import { choice, titled } from './collections';

/** The channels that a message can go out on. */
export const channels = [
  'email',
  'sms',
  'whatsapp',
  'messenger',
  'instagram',
  'telegram',
  'slack',
  'discord',
  'web_chat',
] as const;

export const channel = (description?: string): INodeProperties =>
  choice('Channel', 'channel', channels, 'email', description);

export const channelList: INodeProperties = {
  displayName: 'Channels',
  name: 'channels',
  type: 'multiOptions',
  options: channels.map((value) => ({ name: titled(value), value })),
  default: ['email'],
  description: 'In the order that they are tried',
};

export const messageClass: INodeProperties = {
  ...choice('Class', 'class', ['marketing', 'service', 'transactional'], 'marketing'),
  description:
    'Marketing obeys opt-outs, quiet hours and caps; service quiet hours; transactional goes at once',
};

export const topic: INodeProperties = {
  displayName: 'Topic Name or ID',
  name: 'topic',
  type: 'options',
  typeOptions: { loadOptionsMethod: 'getTopics' },
  default: '*',
  description:
    'What it is about, for the consent that it needs. Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>.',
};
