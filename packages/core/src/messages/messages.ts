import type { Event } from '@halyard/contracts/events/event';
import type {
  ListedMessage,
  Message,
  MessageDetail,
  MessageStatusReport,
  SendInput,
} from '@halyard/contracts/messages/message';
import type { MessageQuery } from '@halyard/contracts/messages/routes';
import { crashPoint } from '#crash-point';
import type { Actor, AuditEntry } from '../actor.js';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import { DomainError, notFound } from '../domain-error.js';
import type { MessageId, OrgId } from '../ids.js';
import type { Page } from '../page.js';
import { inlineIssues } from '../templates/inline-content.js';

/** What became of an order to change a message: the message as it is now, or why not. */
export type Changed = { kind: 'changed'; message: Message } | { kind: 'refused'; reason: string };

/** What messages need of the database. Each call is one tenant transaction; `audit` is written in it. */
export interface MessageStore {
  /** Finds the contact and the templates, and schedules it; once for each `id` of the caller's. */
  send(orgId: OrgId, input: SendInput, now: Date): Promise<Message>;
  list(orgId: OrgId, query: MessageQuery): Promise<Page<ListedMessage>>;
  detail(orgId: OrgId, id: MessageId): Promise<MessageDetail | null>;
  status(orgId: OrgId, id: MessageId): Promise<MessageStatusReport | null>;
  events(orgId: OrgId, id: MessageId): Promise<Event[] | null>;
  cancel(orgId: OrgId, id: MessageId, audit: AuditEntry): Promise<Changed | null>;
  /** Schedules it for now, if retryRefusal has nothing against it. */
  retry(
    orgId: OrgId,
    id: MessageId,
    confirmed: boolean,
    now: Date,
    audit: AuditEntry,
  ): Promise<Changed | null>;
}

/** Single messages: sending one, finding out what became of any, and changing its course. */
export class Messages {
  constructor(
    private readonly store: MessageStore,
    private readonly wakeups: Wakeups,
    private readonly clock: Clock,
  ) {}

  async send(orgId: OrgId, input: SendInput): Promise<Message> {
    const issues = input.content ? inlineIssues(input.content, 'body.content') : [];
    const [first] = issues;
    if (first) throw new DomainError('invalid_request', `${first.path}: ${first.message}`, issues);
    checkTimes(input);
    const message = await this.store.send(orgId, input, this.clock.now());
    crashPoint('message-scheduled');
    this.wakeups.poke('messages');
    return message;
  }

  list(orgId: OrgId, query: MessageQuery): Promise<Page<ListedMessage>> {
    return this.store.list(orgId, query);
  }

  async read(orgId: OrgId, id: MessageId): Promise<MessageDetail> {
    return found(await this.store.detail(orgId, id));
  }

  async status(orgId: OrgId, id: MessageId): Promise<MessageStatusReport> {
    return found(await this.store.status(orgId, id));
  }

  async events(orgId: OrgId, id: MessageId): Promise<Event[]> {
    return found(await this.store.events(orgId, id));
  }

  async cancel(orgId: OrgId, id: MessageId, actor: Actor): Promise<Message> {
    return changed(await this.store.cancel(orgId, id, entry(actor, 'cancelled', id)));
  }

  /** `confirmed`: also when it may have arrived already. */
  async retry(orgId: OrgId, id: MessageId, confirmed: boolean, actor: Actor): Promise<Message> {
    const audit = { ...entry(actor, 'retried', id), changes: { confirmed } };
    const message = changed(await this.store.retry(orgId, id, confirmed, this.clock.now(), audit));
    this.wakeups.poke('messages');
    return message;
  }
}

function checkTimes({ send_at, expires_at }: SendInput): void {
  if (!send_at || !expires_at || new Date(send_at) < new Date(expires_at)) return;
  const message = 'A message expires after it is sent: give a later expires_at.';
  throw new DomainError('invalid_request', message, [{ path: 'body.expires_at', message }]);
}

function found<T>(value: T | null): T {
  if (value === null) throw notFound('message');
  return value;
}

function changed(result: Changed | null): Message {
  const outcome = found(result);
  if (outcome.kind === 'refused') throw new DomainError('invalid_state', outcome.reason);
  return outcome.message;
}

const entry = (actor: Actor, verb: string, id: MessageId): AuditEntry => ({
  actor,
  action: `message.${verb}`,
  target: { type: 'message', id },
});
