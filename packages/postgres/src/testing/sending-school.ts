import { ManualClock } from '@halyard/core/clock';
import type { ConnectionId, ContactId, MessageId, OrgId } from '@halyard/core/ids';
import { databaseTest } from './database-test.js';
import type { TestMessage, TestWorker } from './delivery.js';
import {
  addConnection,
  addContact,
  addMessage,
  messageRow,
  RecordingProvider,
  setPolicy,
  testWorker,
} from './delivery.js';
import type { TestDatabase } from './test-database.js';

/** The moment at which the clock of every such test stands: noon in Berlin. */
export const noon = new Date('2026-06-01T10:00:00Z');

export const minutes = (n: number): Date => new Date(noon.getTime() + n * 60_000);

/** An organization that sends, with a provider that keeps what it was given and a clock that stands still. */
export class SendingSchool {
  readonly provider = new RecordingProvider();
  readonly clock = new ManualClock(noon);

  constructor(
    readonly db: TestDatabase,
    readonly id: OrgId,
  ) {}

  /** Another organization on the same database. */
  async neighbour(name: string): Promise<SendingSchool> {
    return new SendingSchool(this.db, await this.db.organization(name));
  }

  /** One of any number of workers: it sends for every organization. */
  worker(given: Parameters<typeof testWorker>[3] & { provider?: RecordingProvider } = {}): TestWorker {
    return testWorker(this.db, given.provider ?? this.provider, this.clock, given);
  }

  addConnection(options?: Parameters<typeof addConnection>[2]): Promise<ConnectionId> {
    return addConnection(this.db, this.id, options);
  }

  addContact(options: Parameters<typeof addContact>[2]): Promise<ContactId> {
    return addContact(this.db, this.id, options);
  }

  /** A message that is due at noon, unless another moment is given. */
  addMessage(contact: ContactId, options: Partial<TestMessage> = {}): Promise<MessageId> {
    return addMessage(this.db, this.id, contact, { at: noon, ...options });
  }

  setPolicy(policy: Record<string, unknown>): Promise<void> {
    return setPolicy(this.db, this.id, policy);
  }

  query(statement: string, values: unknown[] = []) {
    return this.db.owner.query(statement, values);
  }

  row(id: MessageId) {
    return messageRow(this.db, id);
  }

  /** The types of the events about a message, sorted. */
  async eventsOf(id: MessageId): Promise<string[]> {
    const sql = 'select type from events where subject_id = $1 order by type';
    return (await this.query(sql, [id])).rows.map(({ type }) => type);
  }

  /** What a person was asked about a message. */
  async reviewsOf(id: MessageId) {
    return (await this.query('select kind, reason from review_items where subject_id = $1', [id])).rows;
  }
}

/** A test of a school that sends, with no message of an earlier test. */
export const sendingTest = databaseTest.extend('school', async ({ db }) => {
  await db.owner.query('delete from messages'); // a worker claims those of every organization
  return new SendingSchool(db, await db.organization());
});
