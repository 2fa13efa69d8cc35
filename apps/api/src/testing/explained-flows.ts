import type { FlowDefinitionInput } from '@halyard/contracts/flows/definition';
import type { FlowId } from '@halyard/core/ids';
import { publish } from '@halyard/postgres/testing/deciding';
import { expect, test, vi } from 'vitest';
import type { TestCaller, TestServer } from './test-server.js';
import { startTestServer } from './test-server.js';

type Condition = NonNullable<Extract<FlowDefinitionInput['trigger'], { type: 'event' }>['filter']>;

export const days = (n: number): string => new Date(Date.now() + n * 86_400_000).toISOString();

/** The contact's level is at least this. */
export const level = (value: number) => ({ field: 'contact.attributes.level', op: 'gte', value }) as const;

/** A month's rest: a run that has come to it waits. */
export const rest = { id: 'rest', type: 'wait', wait: { for: 'duration', duration: 'P30D' } } as const;

/** Flows that live on the whole server with its loops, contacts to whom things happen, and the route that says why. */
export class ExplainedFlows {
  #flows = 0;
  #people = 0;

  constructor(
    readonly server: TestServer,
    readonly api: TestCaller,
  ) {}

  /** The type of event that begins the flow made last. */
  get began(): string {
    return `test.began_${this.#flows}`;
  }

  /** The type of event that will begin the flow made next. */
  get begins(): string {
    return `test.began_${this.#flows + 1}`;
  }

  /** Puts a flow live that rests, unless it is defined otherwise, and takes whom the filter lets in. */
  async live(definition: Partial<FlowDefinitionInput> = {}, filter?: Condition): Promise<FlowId> {
    this.#flows++;
    const { db, organization } = this.server;
    const { flowId } = await publish(db, organization, `flow-${this.#flows}`, {
      name: `Flow ${this.#flows}`,
      trigger: { type: 'event', event: this.began, ...(filter && { filter }) },
      reentry: 'once',
      steps: [rest],
      ...definition,
    });
    return flowId;
  }

  /** Through the routes, as people do it: what is live from when on goes on record. It takes events with an `n` from this. */
  async published(from: number): Promise<FlowId> {
    this.#flows++;
    const { body } = await this.api('POST', '/flows', { definition: this.takes(from) });
    await this.api('POST', `/flows/${body.id}/publish`, {});
    return body.id;
  }

  /** As `published` defines the flow made last. */
  takes(from: number) {
    const filter = { field: 'event.payload.n', op: 'gte', value: from };
    const trigger = { type: 'event', event: this.began, filter };
    return { name: `Published ${this.#flows}`, trigger, steps: [rest] };
  }

  async person(attributes: object = {}): Promise<string> {
    this.#people++;
    const contact = { email: `p${this.#people}@example.com`, attributes };
    return (await this.api('POST', '/contacts', contact)).body.id;
  }

  async book(email: string): Promise<{ id: string; starts_at: string }> {
    const booking = {
      contact: { email },
      starts_at: days(20),
      ends_at: days(21),
      time_zone: 'Europe/Berlin',
    };
    const { body } = await this.api('POST', '/bookings', booking);
    await this.decided();
    return body;
  }

  /** Until no event waits for its decision. */
  decided(): Promise<void> {
    return vi.waitFor(
      async () => {
        const { rows } = await this.server.db.owner.query('select from pending_events');
        expect(rows).toEqual([]);
      },
      { timeout: 10_000, interval: 20 },
    );
  }

  async happen(contactId: string, type: string, payload: object = {}, more: object = {}): Promise<string> {
    const event = { type, contact_id: contactId, payload, ...more };
    const { body, status } = await this.api('POST', '/events', event);
    expect(status, JSON.stringify(body)).toBe(202);
    await this.decided();
    return body.id;
  }

  /** What begins the flow made last happens to a contact. */
  begin(contactId: string, payload: object = {}, more: object = {}): Promise<string> {
    return this.happen(contactId, this.began, payload, more);
  }

  async why(flowId: string, contact: string, more = '') {
    const asked = `/flows/${flowId}/explain?contact=${encodeURIComponent(contact)}${more}`;
    const { status, body } = await this.api('GET', asked);
    expect(status, JSON.stringify(body)).toBe(200);
    return body;
  }
}

/** A test of what is said about flows: through the whole server, the loops running. */
export const explainTest = test
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern what a fixture needs
  .extend('flows', { scope: 'file' }, async ({}, { onCleanup }) => {
    const server = await startTestServer({ loops: true });
    onCleanup(() => server.stop());
    return new ExplainedFlows(server, await server.apiKey());
  });
