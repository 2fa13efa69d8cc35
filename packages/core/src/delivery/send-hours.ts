import type { OrganizationPolicy } from '@halyard/contracts/organizations/policy';
import type { Channel, MessageClass } from '@halyard/contracts/primitives';
import type { OpeningRules, TimeWindow } from '../time/windows.js';
import { isAllowed, nextAllowed } from '../time/windows.js';

/** Phones wake people: quiet from nine at night to eight in the morning unless the organization says otherwise. */
const quietByDefault: Partial<Record<Channel, TimeWindow>> = {
  sms: { from: '21:00', to: '08:00' },
  whatsapp: { from: '21:00', to: '08:00' },
};

/** How long a hold takes to drain after the opening. */
const drainMs = 30 * 60_000;

/**
 * The hours in which a class of message may go out on a channel; null when at any time. Quiet hours hold marketing and
 * service messages, send windows marketing alone.
 */
export function sendHours(
  { quiet_hours, send_windows }: OrganizationPolicy,
  channel: Channel,
  messageClass: MessageClass,
): OpeningRules | null {
  if (messageClass === 'transactional') return null;
  const set = quiet_hours[channel] !== undefined ? quiet_hours[channel] : quiet_hours.default;
  const quiet = set === undefined ? quietByDefault[channel] : set;
  const open = messageClass === 'marketing' ? (send_windows[channel] ?? send_windows.default ?? []) : [];
  if (!quiet && open.length === 0) return null;
  return { open, closed: quiet ? [quiet] : [] };
}

/**
 * When a message that is held now may go: spread over half an hour after the opening by its id, so that what a night
 * gathered drains and does not burst. Null when the zones share no allowed hour at all.
 */
export function releaseAfterHold(
  now: Date,
  rules: OpeningRules,
  zones: readonly string[],
  messageId: string,
  expiresAt: Date,
): Date | null {
  const opening = cachedOpening(now, rules, zones);
  if (!opening) return null;
  const spread = new Date(opening.getTime() + Math.floor(fractionOf(messageId) * drainMs));
  return spread < expiresAt && isAllowed(spread, rules, zones) ? spread : opening;
}

/** The last digits of a UUIDv7 are random: as good a share between 0 and 1 as a hash of it. */
const fractionOf = (id: string): number => Number.parseInt(id.slice(-8), 16) / 2 ** 32;

interface ClosedSpan {
  from: number;
  opening: Date;
}
const spans = new Map<string, ClosedSpan>();

// Finding an opening costs a millisecond and more for a country of many zones, and all of a held blast ask for the same.
function cachedOpening(now: Date, rules: OpeningRules, zones: readonly string[]): Date | null {
  const key = JSON.stringify([rules, zones]);
  const known = spans.get(key);
  if (known && known.from <= now.getTime() && now < known.opening) return known.opening;
  const opening = nextAllowed(now, rules, zones);
  if (spans.size > 500) spans.clear();
  if (opening) spans.set(key, { from: now.getTime(), opening });
  return opening;
}
