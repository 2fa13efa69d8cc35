import { PermitInput } from '@halyard/contracts/handovers/permit';
import { ApplyReports } from '@halyard/core/delivery/apply-reports';
import { Claims } from '@halyard/core/handovers/claims';
import { Permits } from '@halyard/core/handovers/permits';
import { ReportOutcome } from '@halyard/core/handovers/report-outcome';
import type { ConnectionId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { LinkTokens } from '@halyard/core/tracking/link-tokens';
import { unwatched } from '@halyard/core/watch';
import { PgReportStore } from '../delivery/report-store.js';
import { PgHandoverStore } from '../handovers/handover-store.js';
import { databaseTest } from './database-test.js';
import { plainRenderer, RecordingProvider } from './delivery.js';
import { SendingSchool } from './sending-school.js';

/** As much of n8n as the worker meets: what it takes over is reported within an hour. */
export class TakingProvider extends RecordingProvider {
  override readonly name = 'n8n';
  override onUnknown = { kind: 'await_report' } as const;
}

const wakeups = { poke: () => {}, listen: () => () => {} };

/** An organization some of whose messages are sent by others. */
export class HandingSchool extends SendingSchool {
  override readonly provider = new TakingProvider();
  readonly tokens = new LinkTokens('0123456789abcdef0123456789abcdef', 'https://halyard.example');
  readonly #store = new PgHandoverStore(this.db.app);
  readonly #parts = {
    renderer: plainRenderer,
    findProvider: () => this.provider,
    open: (connection: { id: ConnectionId }) =>
      ({ kind: 'open', connection: { ...connection, secrets: {} } }) as never,
    clock: this.clock,
    newId: randomIds,
    tokens: this.tokens,
    wakeups,
    watch: unwatched,
  };
  readonly #claims = new Claims(this.#store, this.#parts);
  readonly #permits = new Permits(this.#store, this.#parts);
  readonly #outcomes = new ReportOutcome(this.#store, {
    clock: this.clock,
    wakeups,
    sink: new ApplyReports(new PgReportStore(this.db.app), wakeups),
    watch: unwatched,
    tokens: this.tokens,
  });

  /** A connection to n8n that takes over what it is given for an hour, or waits to be asked. */
  async addN8n(mode: 'push' | 'pull'): Promise<ConnectionId> {
    const id = await this.addConnection({ provider: 'n8n' });
    await this.query('update connections set settings = $2 where id = $1', [id, JSON.stringify({ mode })]);
    this.provider.answer = () => ({
      kind: 'handed_over',
      reportBy: new Date(this.clock.now().getTime() + 3_600_000),
    });
    return id;
  }

  claim(limit = 10, lease_seconds = 60) {
    return this.#claims.claim(this.id, { limit, lease_seconds });
  }

  ask(input: Record<string, unknown>) {
    return this.#permits.ask(this.id, PermitInput.parse({ channel: 'email', ...input }));
  }

  report(attemptId: string, ...[reported]: [Parameters<ReportOutcome['report']>[2]]) {
    return this.#outcomes.report(this.id, attemptId as never, reported);
  }

  async attemptsOf(id: string): Promise<{ id: string; outcome: string | null }[]> {
    const sql = 'select id, outcome from attempts where message_id = $1 order by started_at, id';
    return (await this.query(sql, [id])).rows;
  }
}

/** A test of a school whose messages others send, with no message of an earlier test. */
export const handingTest = databaseTest.extend('school', async ({ db }) => {
  await db.owner.query('delete from messages'); // a worker claims those of every organization
  return new HandingSchool(db, await db.organization());
});
