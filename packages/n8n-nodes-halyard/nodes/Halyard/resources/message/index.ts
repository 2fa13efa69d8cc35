import type { Resource } from '../../operation';
import { messageLists } from './lists';
import { oneMessage } from './one';
import { send } from './send';

export const message: Resource = {
  value: 'message',
  name: 'Message',
  operations: [send, ...oneMessage, ...messageLists],
};
