import { isbot } from 'isbot';

/** What is known of a request for a pixel or a link. */
export interface SeenRequest {
  method: string;
  userAgent: string | null;
  /** Sec-Purpose, Purpose, X-Purpose or X-Moz. */
  purpose: string | null;
  at: Date;
}

/** Nobody opens and reads a mail this soon; scanners of mail gateways follow every link at delivery. */
const tooSoonMs = 3_000;

/**
 * They fetch for a person who is opening the mail right now (Gmail, Yahoo): their opens are human. Gmail asks anew
 * for each recipient, as the address of the pixel differs.
 */
const openProxies = /GoogleImageProxy|YahooMailProxy/i;

/**
 * What no person runs: Apple's Mail Privacy Protection loads every image in the background with the bare `Mozilla/5.0`;
 * gateways and chat apps look at links before people do.
 */
const machines =
  /^Mozilla\/5\.0$|barracuda|mimecast|proofpoint|trendmicro|symantec|forcepoint|fireeye|safelinks|BingPreview|SkypeUriPreview|WhatsApp\/|Slackbot|TelegramBot|facebookexternalhit|Discordbot/i;

/**
 * Why a request was made by a machine and not by the recipient; null when it looks human. Machine opens and clicks are
 * recorded with this, and neither counted nor scored.
 */
export function machineReason(request: SeenRequest, sentAt: Date | null): string | null {
  const { method, userAgent, purpose, at } = request;
  if (method === 'HEAD') return 'head_request';
  if (purpose && /prefetch|preview|prerender/i.test(purpose)) return 'prefetch';
  if (!userAgent) return 'no_user_agent';
  if (sentAt === null) return 'before_sending';
  if (machines.test(userAgent)) return 'known_machine';
  if (!openProxies.test(userAgent) && isbot(userAgent)) return 'bot';
  if (at.getTime() - sentAt.getTime() < tooSoonMs) return 'too_soon';
  return null;
}
