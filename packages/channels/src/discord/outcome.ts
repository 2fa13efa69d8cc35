import type { SendOutcome } from '@halyard/core/delivery/provider';
import type { Answered } from '../http/posted.js';

interface DiscordAnswer {
  id?: unknown;
  message?: unknown;
  code?: unknown;
  errors?: unknown;
  /** Seconds, with a fraction. */
  retry_after?: unknown;
  global?: unknown;
}

export const bodyOf = (json: unknown): DiscordAnswer => (json ?? {}) as DiscordAnswer;

/**
 * About the webhook and not the message (docs.discord.com/developers/topics/opcodes-and-status-codes): it is gone, its
 * token is wrong, it may not post; it posts to a forum without naming a thread, or to a thread that it cannot.
 */
const webhookRefused = new Set([10003, 10015, 40001, 50001, 50013, 50027, 220001, 220003]);

/** What an answer of Discord means; null when it says nothing that only Discord says. */
export function discordOutcome({ status, json, retryAfterMs }: Answered): SendOutcome | null {
  const body = bodyOf(json);
  if (status >= 200 && status < 300 && typeof body.id === 'string')
    return { kind: 'accepted', providerMessageId: body.id };
  if (status === 429) return throttled(body, retryAfterMs);
  if (status < 400 || status === 408 || status >= 500) return null;
  const code = typeof body.code === 'number' && body.code !== 0 ? body.code : null;
  const refused = status === 401 || status === 403 || status === 404 || webhookRefused.has(code ?? 0);
  return {
    kind: 'rejected',
    code: code === null ? `http_${status}` : `error_${code}`,
    detail: `Discord refused it: ${status} ${reasonOf(body)}`,
    ...(refused ? { pauseConnection: true } : {}),
  };
}

/** The body is exact to the millisecond; the header is in whole seconds, and all there is when a proxy answers. */
function throttled({ retry_after, global }: DiscordAnswer, retryAfterMs: number | null): SendOutcome {
  const exact = typeof retry_after === 'number' ? Math.ceil(retry_after * 1_000) : retryAfterMs;
  const counted = global === true ? 'everything from this address' : 'this webhook';
  return {
    kind: 'throttled',
    retryAfterMs: exact ?? 1_000,
    detail: `Discord answered 429: too many requests, counted for ${counted}.`,
  };
}

/** With the fields of an invalid form (50035), which say what is wrong. */
const reasonOf = ({ message, errors }: DiscordAnswer): string =>
  [typeof message === 'string' ? message : 'no reason given', errors ? JSON.stringify(errors) : '']
    .filter(Boolean)
    .join(': ');
