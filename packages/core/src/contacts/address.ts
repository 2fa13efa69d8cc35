import { domainToASCII } from 'node:url';
import type { Channel, IdentityKind } from '@halyard/contracts/primitives';
import type { CountryCode, PhoneNumber } from 'libphonenumber-js/max';
import { isSupportedCountry, Metadata, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { z } from 'zod';

export type NormalizedAddress = { ok: true; address: string } | { ok: false; reason: string };

const phoneKinds: ReadonlySet<IdentityKind> = new Set(['phone', 'sms', 'whatsapp']);
const Email = z.email();

/**
 * The one form in which an address is stored, compared and suppressed: lower-case mail with an ASCII domain, E.164
 * phone numbers; other kinds are only trimmed.
 * @param country two letters; national phone numbers are read as dialled there.
 */
export function normalizeAddress(
  kind: IdentityKind,
  given: string,
  country: string | null,
): NormalizedAddress {
  const address = given.trim();
  if (kind === 'email') return normalizeEmail(address);
  if (phoneKinds.has(kind)) return normalizePhone(address, country);
  return address ? { ok: true, address } : { ok: false, reason: 'The address is empty.' };
}

function normalizeEmail(given: string): NormalizedAddress {
  const at = given.lastIndexOf('@');
  const address = `${given.slice(0, at)}@${domainToASCII(given.slice(at + 1))}`.toLowerCase();
  return at > 0 && address.length <= 320 && Email.safeParse(address).success
    ? { ok: true, address }
    : { ok: false, reason: `${given} is not an e-mail address.` };
}

function normalizePhone(given: string, country: string | null): NormalizedAddress {
  // 00 is how most of the world dials +.
  const number = parsePhoneNumberFromString(given.replace(/^00/, '+'), knownCountry(country));
  if (number && isDialled(number)) return { ok: true, address: number.number };
  const hint =
    given.startsWith('+') || country ? '' : ' Write it with its country code, such as +49 30 1234567.';
  return { ok: false, reason: `${given} is not a phone number.${hint}` };
}

/**
 * A number that its country hands out, or one as long as mobile numbers are there: ranges are opened faster than the
 * library learns of them. By length alone Germany's numbers may have four digits, so that "0171 12" would pass.
 */
const isDialled = (number: PhoneNumber): boolean =>
  number.isValid() || (number.isPossible() && hasMobileLength(number));

function hasMobileLength(number: PhoneNumber): boolean {
  const countries = number.country ? [number.country] : number.getPossibleCountries();
  return countries.some((country) => {
    const metadata: Metadata & Partial<LengthsByType> = new Metadata();
    metadata.selectNumberingPlan(country);
    const lengths = metadata.type?.('MOBILE')?.possibleLengths() ?? [];
    return lengths.includes(number.nationalNumber.length);
  });
}

/** What the library's class offers and its types leave out. */
interface LengthsByType {
  type(name: 'MOBILE'): { possibleLengths(): number[] } | undefined;
}

const knownCountry = (country: string | null): CountryCode | undefined =>
  country && isSupportedCountry(country) ? country : undefined;

/** Kinds of identity that a channel can reach, the channel's own kind first. */
export const kindsOf = (channel: Channel): IdentityKind[] =>
  channel === 'sms' || channel === 'whatsapp' ? [channel, 'phone'] : [channel];

/** Channels that an identity of this kind is an address on. */
export const channelsOf = (kind: IdentityKind): Channel[] => {
  if (kind === 'phone') return ['sms', 'whatsapp'];
  return kind === 'crm_user_id' ? [] : [kind];
};
