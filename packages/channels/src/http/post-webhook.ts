import type { PostOutcome } from '@halyard/core/outbox/after-try';
import type { WebhookPoster } from '@halyard/core/outbox/deliver';
import type { Dispatcher } from 'undici';
import { request } from 'undici';
import { sentenceOf } from './failure-sentences.js';

/** Posts webhooks through an agent that is safe for addresses of users (see safeAgent). */
export class HttpWebhookPoster implements WebhookPoster {
  constructor(
    private readonly dispatcher: Dispatcher,
    /** For the whole request; an endpoint that trickles its answer gains nothing. */
    private readonly timeoutMs = 15_000,
  ) {}

  async post(url: string, headers: Record<string, string>, body: string): Promise<PostOutcome> {
    try {
      const answer = await request(url, {
        method: 'POST',
        headers,
        body,
        dispatcher: this.dispatcher,
        signal: AbortSignal.timeout(this.timeoutMs),
      });
      // The status says it all; reading the rest only keeps the connection usable.
      await answer.body.dump({ limit: 64 * 1024 }).catch(() => {});
      const { 'retry-after': retryAfter } = answer.headers;
      return { kind: 'answered', status: answer.statusCode, retryAfterMs: retryAfterMs(retryAfter) };
    } catch (error) {
      return { kind: 'failed', detail: sentenceOf(error) };
    }
  }
}

/** Seconds or a date (RFC 9110, section 10.2.3). */
function retryAfterMs(header: string | string[] | undefined): number | null {
  const value = Array.isArray(header) ? header[0] : header;
  if (!value) return null;
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1_000 : new Date(value).getTime() - Date.now();
  return Number.isFinite(milliseconds) && milliseconds > 0 ? milliseconds : null;
}
