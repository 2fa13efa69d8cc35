import type { Channel } from '@halyard/contracts/primitives';
import { getCountry } from 'countries-and-timezones';
import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { isZone } from '../time/zone.js';

export interface ZoneFacts {
  contactZone: string | null;
  country: string | null;
  organizationZone: string;
}

/**
 * The zones that a recipient may be in: their own when it is known; else all zones of the country that the phone number
 * belongs to, or that the contact gave; else the organization's. Hours must be allowed in every one of them.
 */
export function recipientZones(channel: Channel, address: string, known: ZoneFacts): readonly string[] {
  if (known.contactZone && isZone(known.contactZone)) return [known.contactZone];
  const dialled = channel === 'sms' || channel === 'whatsapp' ? phoneCountry(address) : null;
  const zones = zonesOf(dialled ?? known.country);
  return zones.length ? zones : [known.organizationZone];
}

const phoneCountry = (address: string): string | null => parsePhoneNumberFromString(address)?.country ?? null;

const zonesOf = (country: string | null): readonly string[] =>
  (country && getCountry(country)?.timezones) || [];
