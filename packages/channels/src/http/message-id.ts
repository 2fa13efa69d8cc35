import type { MessageId } from '@halyard/core/ids';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Our message id as a provider carried it for us; nothing when it is anything else. */
export const messageIdIn = (value: unknown): { messageId?: MessageId } =>
  typeof value === 'string' && uuid.test(value) ? { messageId: value.toLowerCase() as MessageId } : {};
