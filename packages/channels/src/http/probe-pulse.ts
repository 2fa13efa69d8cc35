import type { Pulse, PulseProbe } from '@halyard/core/alerts/health';
import type { Dispatcher } from 'undici';
import { request } from 'undici';
import { sentenceOf } from './failure-sentences.js';

/** Asks whether a service runs, through an agent that is safe for addresses of users (see safeAgent). */
export class HttpPulseProbe implements PulseProbe {
  constructor(
    private readonly dispatcher: Dispatcher,
    private readonly timeoutMs = 5_000,
  ) {}

  async probe(url: string): Promise<Pulse> {
    try {
      const { statusCode, body } = await request(url, {
        dispatcher: this.dispatcher,
        signal: AbortSignal.timeout(this.timeoutMs),
      });
      await body.dump({ limit: 64 * 1024 }).catch(() => {});
      return statusCode >= 200 && statusCode < 300
        ? { healthy: true }
        : { healthy: false, detail: `It answered ${statusCode}.` };
    } catch (error) {
      return { healthy: false, detail: sentenceOf(error) };
    }
  }
}
