import type { Identity, SuppressedChannel } from '../data/contacts';

/** The channels that an address is written to on. A telephone number serves several. */
export function channelsOf(kind: Identity['kind']): readonly SuppressedChannel[] {
  if (kind === 'phone') return ['sms', 'whatsapp'];
  return kind === 'crm_user_id' ? [] : [kind];
}
