import { PassThrough } from 'node:stream';
import { RateLimited } from '@halyard/core/access/rate-limited';
import { DomainError } from '@halyard/core/domain-error';
import type { OrgId } from '@halyard/core/ids';
import type { LiveChanges } from '@halyard/core/live/live-changes';
import type { OnModuleDestroy } from '@nestjs/common';

/** Who listens. `who`: a user or a key; `mayStill`: asked again and again, as sessions and keys end. */
export interface Listening {
  orgId: OrgId;
  who: string;
  mayStill: () => Promise<boolean>;
}

export const liveLimits = { each: 12, organization: 200, heartbeatMs: 20_000, recheckMs: 60_000 };

/** The streams that are open in this process. */
export class LiveStreams implements OnModuleDestroy {
  readonly #open = new Map<PassThrough, Listening>();
  #closed = false;

  /** `onEnded`: tells when sessions, keys or roles have changed here, as the next check by the clock may be a minute away. */
  constructor(
    private readonly changes: LiveChanges,
    onEnded: (listener: () => void) => void,
    private readonly limits = liveLimits,
  ) {
    onEnded(() => {
      for (const [stream, listening] of this.#open) void this.#recheck(stream, listening);
    });
  }

  /**
   * Opens a stream that tells every change from now on. `hungUp` fires when nobody reads it any more. Throws `RateLimited`
   * when too many are open.
   */
  async open(listening: Listening, hungUp: AbortSignal): Promise<PassThrough> {
    this.#admit(listening);
    const stream = new PassThrough();
    this.#open.set(stream, listening);
    hungUp.addEventListener('abort', () => stream.destroy());
    const timers = [
      setInterval(() => write(stream, ': still here'), this.limits.heartbeatMs),
      setInterval(() => void this.#recheck(stream, listening), this.limits.recheckMs),
    ];
    stream.once('close', () => {
      for (const timer of timers) clearInterval(timer);
      this.#open.delete(stream);
    });
    try {
      const unwatch = await this.changes.watch(listening.orgId, (topics) => {
        for (const topic of topics) write(stream, `event: changed\ndata: ${JSON.stringify({ topic })}`);
      });
      stream.once('close', unwatch);
      if (stream.closed) unwatch();
    } catch (error) {
      stream.destroy();
      throw error;
    }
    write(stream, 'retry: 3000');
    return stream;
  }

  /** Nest calls it before it waits for what is being answered, which these would keep it from for ever. */
  onModuleDestroy(): void {
    this.#closed = true;
    for (const stream of this.#open.keys()) stream.end();
  }

  #admit({ orgId, who }: Listening): void {
    if (this.#closed) throw new DomainError('unavailable', 'This server is stopping. Try again in a moment.');
    const open = [...this.#open.values()];
    if (open.filter((one) => one.who === who).length >= this.limits.each) throw new RateLimited(60);
    if (open.filter((one) => one.orgId === orgId).length >= this.limits.organization)
      throw new RateLimited(60);
  }

  async #recheck(stream: PassThrough, { mayStill }: Listening): Promise<void> {
    // When that cannot be said now, such as while the database is away, it is asked again a minute later.
    if (!(await mayStill().catch(() => true))) stream.end();
  }
}

/** Far more than a hint or two: whoever lets as much lie reads nothing. */
const mostUnread = 65_536;

function write(stream: PassThrough, event: string): void {
  if (stream.writableLength > mostUnread) stream.destroy();
  if (stream.writable) stream.write(`${event}\n\n`);
}
