import { createHash } from 'node:crypto';
import type { Channel } from '@halyard/contracts/primitives';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import type { ContactId, MessageId, OrgId } from '../ids.js';
import type { LinkId, LinkTokens } from './link-tokens.js';
import type { SeenRequest } from './machine.js';
import { machineReason } from './machine.js';

/** What an engagement must know of its message. */
export interface TrackedMessage {
  id: MessageId;
  contactId: ContactId | null;
  channel: Channel | null;
  flowId: string | null;
  runId: string | null;
  stepId: string | null;
  sentAt: Date | null;
}

/** An open or a click, as it is recorded. */
export interface Engagement {
  type: 'message.opened' | 'message.clicked';
  message: TrackedMessage;
  at: Date;
  /** Null for a person. Only they count: opened_at and clicked_at are set, and endpoints are told. */
  machine: string | null;
  payload: Record<string, unknown>;
  /** The same request again within a minute is one event. */
  key: string;
}

/** What tracking needs of the database. Each call is one tenant transaction. */
export interface EngagementStore {
  message(orgId: OrgId, id: MessageId): Promise<TrackedMessage | null>;
  link(orgId: OrgId, id: LinkId): Promise<string | null>;
  record(orgId: OrgId, engagement: Engagement): Promise<void>;
}

/** Opens and clicks, by the tokens in mails. A token that is not ours leads nowhere. */
export class Engagements {
  constructor(
    private readonly tokens: LinkTokens,
    private readonly store: EngagementStore,
    private readonly wakeups: Wakeups,
    private readonly clock: Clock,
  ) {}

  async opened(token: string, request: Omit<SeenRequest, 'at'>): Promise<void> {
    const subject = this.tokens.read('open', token);
    if (subject) await this.#record('message.opened', subject, request, {});
  }

  /** Where the link leads: an address that this organization put into a message, and nothing else. */
  async clicked(token: string, request: Omit<SeenRequest, 'at'>): Promise<string | null> {
    const subject = this.tokens.read('click', token);
    if (!subject) return null;
    const { orgId, linkId } = subject;
    const url = await this.store.link(orgId, linkId);
    if (url !== null) await this.#record('message.clicked', subject, request, { link_id: linkId, url });
    return url;
  }

  async #record(
    type: Engagement['type'],
    { orgId, messageId }: { orgId: OrgId; messageId: MessageId },
    request: Omit<SeenRequest, 'at'>,
    details: Record<string, unknown>,
  ): Promise<void> {
    const message = await this.store.message(orgId, messageId);
    if (!message) return;
    const at = this.clock.now();
    const machine = machineReason({ ...request, at }, message.sentAt);
    const payload = {
      message_id: message.id,
      channel: message.channel,
      flow_id: message.flowId,
      run_id: message.runId,
      step_id: message.stepId,
      ...details,
      machine: machine !== null,
      machine_reason: machine,
      user_agent: request.userAgent?.slice(0, 300) ?? null,
    };
    const key = `${type}:${message.id}:${at.toISOString().slice(0, 16)}:${hashOf(payload)}`;
    await this.store.record(orgId, { type, message, at, machine, payload, key });
    this.wakeups.poke('events');
    if (machine === null) this.wakeups.poke('outbox');
  }
}

const hashOf = (payload: unknown): string =>
  createHash('sha256').update(JSON.stringify(payload)).digest('base64url').slice(0, 16);
