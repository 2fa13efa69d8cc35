import { randomIds } from '../../ids.js';
import type { Sending } from '../sending.js';

/** A text message under way to this address, of nobody in particular. */
export const sendingTo = (address: string, provider: string): Sending => ({
  orgId: randomIds(),
  messageId: randomIds(),
  contactId: null,
  origin: { runId: null, flowId: null, stepId: null },
  channel: 'sms',
  address,
  connectionId: randomIds(),
  provider,
  attemptId: randomIds(),
  idempotencyKey: address,
  startedAt: new Date(),
  keyUsedSince: new Date(),
  failures: 0,
  trace: null,
});
