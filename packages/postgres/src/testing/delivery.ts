import type { Channel, MessageClass } from '@halyard/contracts/primitives';
import type { Clock } from '@halyard/core/clock';
import { Deliver } from '@halyard/core/delivery/deliver';
import type { DispatchLimits } from '@halyard/core/delivery/dispatcher';
import { Dispatcher } from '@halyard/core/delivery/dispatcher';
import type { Provider, SendOutcome, SendRequest } from '@halyard/core/delivery/provider';
import { Recover } from '@halyard/core/delivery/recover';
import type { Renderer } from '@halyard/core/delivery/renderer';
import type { ConnectionId, ContactId, MessageId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { NewMessage } from '@halyard/core/messages/message';
import { noMetrics } from '@halyard/core/metrics';
import { PgDeliveryStore } from '../delivery/delivery-store.js';
import { scheduleMessages } from '../message-writer.js';
import type { TestDatabase } from './test-database.js';

/** Sends the content's body as it is. */
export const plainRenderer: Renderer = {
  render: ({ channel, to, content, template }) => ({
    kind: 'rendered',
    payload: { channel: 'sms', from: channel, to: to.address, text: content?.body ?? template?.key ?? '' },
    links: [],
    variant: { locale: 'en' },
  }),
};

/** A provider that keeps what it was given and answers as it is told. */
export class RecordingProvider implements Provider {
  readonly name: string = 'recording';
  readonly channels: readonly Channel[] = ['email', 'sms', 'whatsapp'];
  readonly requests: SendRequest[] = [];
  onUnknown: Provider['onUnknown'] = { kind: 'ask_person' };
  answer: (request: SendRequest) => SendOutcome | Promise<SendOutcome> = (request) => ({
    kind: 'accepted',
    providerMessageId: `p-${request.attemptId}`,
  });

  async send(_connection: unknown, request: SendRequest): Promise<SendOutcome> {
    this.requests.push(request);
    return this.answer(request);
  }

  async test() {
    return { ok: true as const };
  }

  /** Messages by how often they were sent. */
  get sentTo(): string[] {
    return this.requests.map(({ payload }) =>
      typeof payload.to === 'string' ? payload.to : payload.to.address,
    );
  }
}

export interface TestWorker {
  deliver: Deliver;
  recover: Recover;
  store: PgDeliveryStore;
  /** Rounds of both lanes until nothing more is due at the clock's moment, with everything recorded. */
  settle(): Promise<void>;
  /** What the dispatcher could not record. */
  failures: unknown[];
}

export function testWorker(
  db: TestDatabase,
  provider: Provider,
  clock: Clock,
  options: { renderer?: Renderer; limits?: DispatchLimits; owner?: string } = {},
): TestWorker {
  const store = new PgDeliveryStore(db.worker);
  const findProvider = (name: string) => (name === provider.name ? provider : undefined);
  const wakeups = { poke: () => {}, listen: () => () => {} };
  const report = {
    loopFailed: (_name: string, error: unknown) => {
      failures.push(error);
    },
  };
  const failures: unknown[] = [];
  const dispatcher = new Dispatcher(
    store,
    findProvider,
    clock,
    { metrics: noMetrics, report, wakeups },
    options.limits,
  );
  const deliver = new Deliver(store, dispatcher, {
    renderer: options.renderer ?? plainRenderer,
    findProvider,
    open: (connection) => ({ kind: 'open', connection: { ...connection, secrets: {} } }),
    clock,
    newId: randomIds,
    owner: options.owner ?? 'test',
  });
  const settle = async () => {
    // What is put off comes back only when the clock moves on; what was rejected is due again at once.
    for (const lane of [0, 1] as const)
      for (let n = 0; n < 50 && (await dueCount(db, clock, lane)) > 0; n++) {
        await deliver.round(lane, 200);
        await deliver.drain();
      }
  };
  return { deliver, recover: new Recover(store, findProvider, clock), store, settle, failures };
}

async function dueCount(db: TestDatabase, clock: Clock, lane: number): Promise<number> {
  const { rows } = await db.owner.query(
    `select count(*)::int as n from messages where status = 'scheduled' and lane = $2 and due_at <= $1`,
    [clock.now(), lane],
  );
  return rows[0].n;
}

export async function addConnection(
  db: TestDatabase,
  orgId: OrgId,
  options: { provider?: string; channels?: Channel[]; priority?: number; rate?: number } = {},
): Promise<ConnectionId> {
  const id = randomIds<ConnectionId>();
  await db.owner.query(
    `insert into connections (org_id, id, name, provider, channels, priority, webhook_token, rate_per_second)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      orgId,
      id,
      `Connection ${id}`,
      options.provider ?? 'recording',
      options.channels ?? ['email', 'sms', 'whatsapp'],
      options.priority ?? 100,
      id,
      options.rate ?? null,
    ],
  );
  return id;
}

export async function addContact(
  db: TestDatabase,
  orgId: OrgId,
  options: { email?: string; phone?: string; timeZone?: string; preferred?: Channel } = {},
): Promise<ContactId> {
  const id = randomIds<ContactId>();
  await db.owner.query(
    `insert into contacts (org_id, id, first_name, time_zone, preferred_channel) values ($1, $2, 'Ada', $3, $4)`,
    [orgId, id, options.timeZone ?? null, options.preferred ?? null],
  );
  const addresses = [
    ['email', options.email],
    ['phone', options.phone],
  ] as const;
  for (const [kind, address] of addresses)
    if (address)
      await db.owner.query(
        `insert into identities (org_id, id, contact_id, kind, address) values ($1, $2, $3, $4, $5)`,
        [orgId, randomIds(), id, kind, address],
      );
  return id;
}

/** A template for mails, of which only its key matters: `plainRenderer` sends that. */
export async function addTemplate(db: TestDatabase, orgId: OrgId, key: string): Promise<void> {
  await db.owner.query(
    `with written as (
       insert into templates (org_id, id, key, name, channel) values ($1, $2, $3, $3, 'email') returning org_id, id
     ) insert into template_versions (org_id, template_id, number, content, compiled)
       select org_id, id, 1, '{}', '{}' from written`,
    [orgId, randomIds(), key],
  );
}

export interface TestMessage {
  class?: MessageClass;
  channels?: Channel[];
  at: Date;
  topic?: string;
  more?: Partial<NewMessage>;
}

export async function addMessage(
  db: TestDatabase,
  orgId: OrgId,
  contactId: ContactId | null,
  options: TestMessage,
): Promise<MessageId> {
  const id = randomIds<MessageId>();
  const message: NewMessage = {
    id,
    key: `test:${id}`,
    contactId,
    source: 'api',
    class: options.class ?? 'marketing',
    topic: options.topic ?? '*',
    channels: options.channels ?? ['email'],
    content: { body: `Hello from ${id}` },
    variables: {},
    plannedAt: options.at,
    expiresAt: null,
    timeZone: null,
    ...options.more,
  };
  await db.app.forOrg(orgId, (tx) => scheduleMessages(tx, orgId, [message]));
  return id;
}

export async function setPolicy(
  db: TestDatabase,
  orgId: OrgId,
  policy: Record<string, unknown>,
): Promise<void> {
  await db.owner.query(`update organization_settings set policy = $2 where org_id = $1`, [
    orgId,
    JSON.stringify(policy),
  ]);
}

export async function messageRow(db: TestDatabase, id: MessageId) {
  const { rows } = await db.owner.query('select * from messages where id = $1', [id]);
  return rows[0];
}
