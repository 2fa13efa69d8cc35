import type { Channel } from '@halyard/contracts/primitives';

export type SuppressionReason =
  | 'hard_bounce'
  | 'soft_bounces'
  | 'complaint'
  | 'unsubscribed'
  | 'stop'
  | 'manual'
  | 'invalid';

/** An address that must not be written to, normalized as normalizeAddress does it. */
export interface NewSuppression {
  channel: Channel;
  address: string;
  reason: SuppressionReason;
  /** Who said so: api, import, resend, infobip, sms_stop, one_click … */
  source: string;
  /** Of somebody who was erased: the hash alone is kept. */
  erased?: boolean;
}
