import type { ReleaseConnection } from './candidate.js';

interface VendorRate {
  /** Messages a second that the account, or the one place of a webhook, takes. */
  perSecond: number;
  /** Into one place that many people read; people themselves are written to too seldom to count. */
  intoPlace?: { named: RegExp; perSecond: number };
}

/**
 * So much that a burst, a second's worth, and what follows it stay within what vendors say that they take. What they
 * count besides, they tell with 429 when it is reached.
 * - Slack: one message a second per channel, and "several hundred messages per minute" in a workspace
 *   (docs.slack.dev/apis/web-api/rate-limits).
 * - Discord: five requests in two seconds are what a webhook's headers tell (X-RateLimit-Limit, X-RateLimit-Reset-After).
 * - Telegram: 30 a second, and 20 a minute into one group (core.telegram.org/bots/faq#my-bot-is-hitting-limits).
 */
const vendorRates: Readonly<Record<string, VendorRate>> = {
  slack_webhook: { perSecond: 1 },
  slack_bot: { perSecond: 5, intoPlace: { named: /^[#CG]/, perSecond: 1 } },
  discord_webhook: { perSecond: 5 / 3 },
  telegram_bot: { perSecond: 15, intoPlace: { named: /^[-@]/, perSecond: 20 / 60 } },
};

type Rated = Pick<ReleaseConnection, 'provider' | 'ratePerSecond'>;

/** Messages a second over a connection: what the organization set, else what its vendor takes; null for no limit. */
export const connectionRate = ({ provider, ratePerSecond }: Rated): number | null =>
  ratePerSecond ?? vendorRates[provider]?.perSecond ?? null;

/** Messages a second to one address of a connection; null for no limit. */
export function addressRate({ provider }: Rated, address: string): number | null {
  const place = vendorRates[provider]?.intoPlace;
  return place?.named.test(address) ? place.perSecond : null;
}
