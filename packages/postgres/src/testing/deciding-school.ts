import { EventInput } from '@halyard/contracts/events/event';
import type { FlowDefinitionInput } from '@halyard/contracts/flows/definition';
import { ManualClock } from '@halyard/core/clock';
import type { OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { PgEventStore } from '../events.js';
import { databaseTest } from './database-test.js';
import { listenTo, publish, TestLoops } from './deciding.js';
import type { TestDatabase } from './test-database.js';

/** The moment at which every such test begins: noon in Berlin. */
export const start = new Date('2026-04-01T10:00:00Z');

export const message = (id: string, more: object = {}) => ({
  id,
  type: 'message' as const,
  template: 'reminder',
  channels: ['email' as const],
  ...more,
});

/** Says hello an hour after somebody logged in. */
export const drip: FlowDefinitionInput = {
  name: 'Drip',
  trigger: { type: 'event', event: 'user.login' },
  steps: [{ id: 'pause', type: 'wait', wait: { for: 'duration', duration: 'PT1H' } }, message('hello')],
};

export const login = (email: string, given: object = {}) => ({
  type: 'user.login',
  contact: { email },
  create_contact: true,
  ...given,
});

/** An organization in which things happen, and the loops that decide what follows. */
export class DecidingSchool {
  readonly loops: TestLoops;

  constructor(
    readonly db: TestDatabase,
    readonly id: OrgId,
    readonly clock = new ManualClock(start),
  ) {
    this.loops = new TestLoops(db, clock);
  }

  /** Another organization on the same database, by the same clock. */
  async neighbour(name: string): Promise<DecidingSchool> {
    return new DecidingSchool(this.db, await this.db.organization(name), this.clock);
  }

  publish(key: string, definition: FlowDefinitionInput, options?: Parameters<typeof publish>[4]) {
    return publish(this.db, this.id, key, definition, options);
  }

  listenTo(...events: string[]): Promise<void> {
    return listenTo(this.db, this.id, ...events);
  }

  record(...events: object[]) {
    const store = new PgEventStore(this.db.app, randomIds);
    const inputs = events.map((event) => EventInput.parse(event));
    return store.record(this.id, inputs, this.clock.now());
  }

  /** Somebody logs in, who becomes a contact by it. */
  login(email: string, given: object = {}) {
    return this.record(login(email, given));
  }

  /** By the owner, with the organization as $1. */
  queryOwn(statement: string, ...values: unknown[]) {
    return this.db.owner.query(statement, [this.id, ...values]);
  }

  /** How many rows of a table are its own. */
  async count(table: 'messages' | 'pending_events'): Promise<number> {
    return (await this.queryOwn(`select count(*)::int as n from ${table} where org_id = $1`)).rows[0].n;
  }
}

export const decidingTest = databaseTest.extend(
  'school',
  async ({ db }) => new DecidingSchool(db, await db.organization()),
);
