import type { Candidate } from '../delivery/candidate.js';
import type { Stop } from '../delivery/check.js';
import { renderInput } from '../delivery/compose.js';
import type { Payload } from '../delivery/provider.js';
import type { Route } from '../delivery/release.js';
import { decideRelease } from '../delivery/release.js';
import { ReleaseRound } from '../delivery/release-round.js';
import type { Renderer } from '../delivery/renderer.js';
import { ended, notRendered } from '../delivery/stops.js';
import type { Bucket } from '../delivery/token-bucket.js';
import type { Facts } from '../flows/run.js';
import type { EventId, Ids } from '../ids.js';
import { messageFacts } from '../messages/message-facts.js';
import { smsSegments } from '../templates/sms-segments.js';
import type { Engagement } from './engagement.js';
import { factsOf, simulatedCandidate } from './simulated-candidate.js';
import type { SimulatedContent, SimulatedMessage } from './simulated-message.js';
import type { SimulationState } from './state.js';

export interface DeliveryOptions {
  renderer: Renderer;
  /** Every message is rendered and its content kept; else only where its price depends on it. */
  render: boolean;
}

/** Releases due messages by the rules of production; providers take everything. */
export class SimulatedDelivery {
  readonly #buckets = new Map<string, Bucket>();

  constructor(
    private readonly state: SimulationState,
    private readonly newId: Ids,
    private readonly engagement: Engagement,
    private readonly options: DeliveryOptions,
  ) {}

  /** Everything that is due, the transactional lane first: none of a lane knows yet what becomes of the others. */
  round(now: Date): number {
    const due = this.state.dues.due(now).sort(inTurn);
    if (due.length === 0) return 0;
    const round = new ReleaseRound(now, this.#buckets, unlimited);
    for (const lane of [true, false]) {
      const ofLane = due.filter(({ written }) => (written.class === 'transactional') === lane);
      const facts = ofLane.map((message) => factsOf(this.state, message));
      for (const [n, message] of ofLane.entries()) this.#release(message, facts[n] ?? {}, round);
    }
    return due.length;
  }

  #release(message: SimulatedMessage, facts: Facts, round: ReleaseRound): void {
    const candidate = simulatedCandidate(this.state, message, facts, round.now);
    const release = decideRelease(candidate, round);
    if (release.kind === 'leave') throw new Error('A simulated connection is never busy.');
    if (release.kind === 'stop') {
      this.#stop(candidate, message, release.stop, round.now);
      return;
    }
    const content = this.#content(candidate, release.route, round.now);
    if (content && 'verdict' in content) this.#stop(candidate, message, content, round.now);
    else this.#send(message, release.route, content, round.now);
  }

  #content(candidate: Candidate, route: Route, now: Date): Payload | Stop | null {
    const price = this.state.start.prices.get(route.connection.id);
    if (!this.options.render && price?.per !== 'segment') return null;
    const rendered = this.options.renderer.render(renderInput(candidate, route));
    return rendered.kind === 'rendered' ? rendered.payload : notRendered(candidate, rendered.reason, now);
  }

  #send(
    message: SimulatedMessage,
    { channel, address, connection }: Route,
    payload: Payload | null,
    now: Date,
  ): void {
    message.status = 'sent';
    message.reason = null;
    message.sentAt = now;
    message.endedAt = now;
    message.channel = channel;
    message.address = address;
    const price = this.state.start.prices.get(connection.id);
    if (price) {
      const count = price.per === 'segment' ? segmentsOf(payload) : 1;
      message.cost = { amount: price.amount * count, currency: price.currency };
    }
    if (payload && this.options.render) message.content = contentOf(payload);
    const contact = message.written.contactId && this.state.contacts.get(message.written.contactId);
    if (contact && message.written.class === 'marketing')
      contact.released.push({ messageId: message.written.id, at: now, channel });
    this.#tell(message, 'message.sent', { connection_id: connection.id }, now);
    this.engagement.sent(message, now);
  }

  #stop(candidate: Candidate, message: SimulatedMessage, stop: Stop, now: Date): void {
    const verdict = ended(stop);
    if (verdict.kind === 'defer') {
      const { until, reason } = verdict;
      message.held.push({ at: now, rule: stop.rule, reason, until, needs: stop.needs });
      message.dueAt = until;
      message.reason = reason;
      this.state.dues.add(until, message);
      return;
    }
    const { status, reason } = verdict;
    message.status = status;
    message.reason = reason;
    message.needs = stop.needs;
    message.endedAt = now;
    if (status === 'failed' || status === 'dead')
      this.#tell(message, 'message.failed', { status, reason }, now, candidate.message.channels[0]);
  }

  #tell(
    message: SimulatedMessage,
    type: string,
    more: Record<string, unknown>,
    now: Date,
    channel = message.channel,
  ): void {
    if (!this.state.heeds(type)) return;
    const { id, contactId, origin } = message.written;
    const { runId = null, flowId = null, stepId = null } = origin ?? {};
    this.state.queue({
      id: this.newId<EventId>(),
      type,
      contactId,
      subject: { type: 'message', id },
      payload: { ...messageFacts({ messageId: id, channel, runId, flowId, stepId }), ...more },
      occurredAt: now,
    });
  }
}

/** As they are claimed in production (postgres/delivery/claim-messages.ts). */
const inTurn = (a: SimulatedMessage, b: SimulatedMessage): number =>
  a.dueAt.getTime() - b.dueAt.getTime() ||
  a.plannedAt.getTime() - b.plannedAt.getTime() ||
  (a.written.id < b.written.id ? -1 : 1);

/** Calls take no time here, and nothing is ever repeated. */
const unlimited = { roomAt: () => Number.POSITIVE_INFINITY, repeatWithinMs: () => 0 };

const segmentsOf = (payload: Payload | null): number =>
  payload && payload.channel === 'sms' ? smsSegments(payload.text).segments : 1;

function contentOf(payload: Payload): SimulatedContent {
  if (payload.channel === 'email') {
    const { subject, text, html } = payload;
    return { subject, text, html };
  }
  if (payload.channel === 'whatsapp') {
    const { template, text } = payload;
    return { text: text ?? [template?.name, ...(template?.body ?? [])].join('\n') };
  }
  return { text: payload.text };
}
