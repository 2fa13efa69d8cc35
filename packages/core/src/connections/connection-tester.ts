import type { Channel } from '@halyard/contracts/primitives';
import type { Clock } from '../clock.js';
import type { Provider } from '../delivery/provider.js';
import type { TestResult } from './connection-store.js';
import type { Opened } from './open-connection.js';

/** The providers of this process; channels/registry implements it. */
export interface Providers {
  find(name: string): Provider | undefined;
}

const longestTestMs = 20_000;

/** Asks providers what they think of credentials. */
export class ConnectionTester {
  constructor(
    private readonly providers: Providers,
    private readonly clock: Clock,
  ) {}

  async test(opened: Opened): Promise<TestResult> {
    if (opened.kind === 'unusable') return { at: this.clock.now(), error: opened.reason };
    const { connection } = opened;
    const provider = this.providers.find(connection.provider);
    if (!provider)
      return {
        at: this.clock.now(),
        error: `This version of Halyard has no provider ${connection.provider}.`,
      };
    const verdict = await provider.test(connection, AbortSignal.timeout(longestTestMs));
    return { at: this.clock.now(), error: verdict.ok ? null : verdict.reason };
  }

  channelsOf(provider: string): readonly Channel[] {
    return this.providers.find(provider)?.channels ?? [];
  }

  /** Whether the provider reports by webhook. */
  receives(provider: string): boolean {
    return this.providers.find(provider)?.receive !== undefined;
  }
}
