import type { Suppression } from '../../data/settings';

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
] as const satisfies readonly Suppression['channel'][];

export const reasons = [
  'hard_bounce',
  'soft_bounces',
  'complaint',
  'unsubscribed',
  'stop',
  'manual',
  'invalid',
] as const satisfies readonly Suppression['reason'][];
