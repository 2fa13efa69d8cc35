import type { Clock } from '../clock.js';
import type { FindProvider } from '../delivery/provider.js';
import type { TestResult } from './connection-store.js';
import type { Opened } from './open-connection.js';

const longestTestMs = 20_000;

/** Asks providers what they think of credentials. */
export class ConnectionTester {
  constructor(
    private readonly findProvider: FindProvider,
    private readonly clock: Clock,
  ) {}

  async test(opened: Opened): Promise<TestResult> {
    if (opened.kind === 'unusable') return { at: this.clock.now(), error: opened.reason };
    const { connection } = opened;
    const provider = this.findProvider(connection.provider);
    if (!provider)
      return {
        at: this.clock.now(),
        error: `This version of Halyard has no provider ${connection.provider}.`,
      };
    const verdict = await provider.test(connection, AbortSignal.timeout(longestTestMs));
    return { at: this.clock.now(), error: verdict.ok ? null : verdict.reason };
  }

  /** Whether the provider reports by webhook. */
  receives(provider: string): boolean {
    return this.findProvider(provider)?.receive !== undefined;
  }
}
