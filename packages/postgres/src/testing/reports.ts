import { ApplyReports } from '@halyard/core/delivery/apply-reports';
import type { ProviderReport } from '@halyard/core/delivery/provider';
import type { ConnectionId, ContactId, MessageId } from '@halyard/core/ids';
import { unwatched } from '@halyard/core/watch';
import { PgReportStore } from '../delivery/report-store.js';
import { silent } from './deciding.js';
import type { TestMessage } from './delivery.js';
import type { SendingSchool } from './sending-school.js';
import { sendingTest } from './sending-school.js';

export const ada = { email: 'ada@example.com', phone: '+4915112345678' };

let made = 0;

/** What a provider reports, each time under a key of its own. */
export const report = (
  given: Partial<ProviderReport> & { type: ProviderReport['type'] },
): ProviderReport => ({
  key: `r${made++}`,
  occurredAt: new Date(),
  channel: 'email',
  raw: {},
  ...given,
});

/** One connection of a school, which reports on messages to one contact. */
class Reports {
  constructor(
    private readonly school: SendingSchool,
    readonly connection: ConnectionId,
    readonly contact: ContactId,
  ) {}

  async send(more: Partial<TestMessage> = {}): Promise<MessageId> {
    const message = { at: this.school.clock.now(), class: 'transactional' as const, ...more };
    const id = await this.school.addMessage(this.contact, message);
    await this.school.worker().settle();
    return id;
  }

  /** Start parameters are ids of contacts here; see LinkTokens for real ones. */
  apply(reports: ProviderReport[], through = this.connection, orgId = this.school.id) {
    const store = new PgReportStore(this.school.db.app);
    const startedBy = (parameter: string) =>
      parameter.startsWith('forged') ? null : (parameter as ContactId);
    return new ApplyReports(store, silent, unwatched, startedBy).apply(orgId, through, reports);
  }

  async suppressions() {
    const sql = 'select address, reason from suppressions where org_id = $1';
    return (await this.school.query(sql, [this.school.id])).rows;
  }
}

/** A test of what is reported about messages of a school. */
export const reportTest = sendingTest.extend('reports', async ({ school }) => {
  const reports = new Reports(school, await school.addConnection(), await school.addContact(ada));
  school.clock.set(new Date()); // after the connection was made, as every message is
  return reports;
});
