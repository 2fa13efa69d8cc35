import { hash } from 'node:crypto';
import { crashPoint } from '#crash-point';
import type { Round } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import type { Opened } from '../connections/open-connection.js';
import { describe } from '../decide/retry.js';
import type { AttemptId, Ids } from '../ids.js';
import type { Watch } from '../watch.js';
import { unwatched } from '../watch.js';
import type { Candidate, PastAttempt, ReleaseConnection } from './candidate.js';
import type { Stop } from './check.js';
import { pass } from './check.js';
import { renderInput } from './compose.js';
import type {
  Claimed,
  ClaimedBatch,
  ClaimRequest,
  DeliveryStore,
  MessageKey,
  Verdict,
  Verdicts,
} from './delivery-store.js';
import { ReleaseFailed } from './delivery-store.js';
import type { Dispatcher } from './dispatcher.js';
import type { KeptPlaces } from './places.js';
import type { FindProvider, OpenConnection, Payload } from './provider.js';
import type { Release } from './release.js';
import { decideRelease } from './release.js';
import { ReleaseRound } from './release-round.js';
import type { RenderedVariant, Renderer } from './renderer.js';
import type { ReadyToSend, Sending } from './sending.js';
import { ended, notRendered } from './stops.js';
import { tellVerdicts } from './tell-verdicts.js';

export interface DeliverParts {
  renderer: Renderer;
  findProvider: FindProvider;
  /** Opens the secrets of a connection. */
  open: (connection: ReleaseConnection) => Opened;
  clock: Clock;
  newId: Ids;
  /** Names this process in leases. */
  owner: string;
  watch?: Watch;
}

/**
 * How long a message stays ours once its intent is committed: longer than a call may take, and short enough that
 * another worker takes over within a minute.
 */
const leaseMs = 45_000;
const busyPauseMs = 250;

/** Rows a round takes on: a round is twenty statements whatever its size, so that small ones cost the most per message. */
export const deliverBatch = { min: 200, max: 500, targetMs: 1_000 };

/** While there is a backlog PostgreSQL works on one round while this process decides and renders another. */
export const deliverRounds = 2;

/**
 * From a due message to a call under way:
 * claim → load → decide and render (pure) → commit the intent → call. What comes of the call is the dispatcher's.
 */
export class Deliver {
  constructor(
    private readonly store: DeliveryStore,
    private readonly dispatcher: Dispatcher,
    private readonly parts: DeliverParts,
  ) {}

  /** One round of a lane: 0 is transactional, 1 everything else. Rounds may run beside one another. */
  async round(lane: 0 | 1, limit: number): Promise<Round> {
    const { places } = this.dispatcher;
    while (places.free < Math.min(limit, places.limits.total / 20)) await places.freed();
    const now = this.parts.clock.now();
    const leaseUntil = new Date(now.getTime() + leaseMs);
    const kept = places.keep(limit);
    try {
      const request = { lane, now, owner: this.parts.owner, leaseUntil, places: kept };
      const { claimed, more, nextDueAt } = await this.#release(request, kept);
      return { claimed: more ? limit : claimed, nextDueAt };
    } finally {
      kept.end();
    }
  }

  async #release(request: ClaimRequest, kept: KeptPlaces): Promise<Claimed> {
    const { watch = unwatched } = this.parts;
    let decided: Decided = { ready: [], undecided: [] };
    let verdicts: Verdicts | undefined;
    const decide = (batch: ClaimedBatch): Verdicts => {
      decided = { ready: [], undecided: [] };
      kept.keepAt([]);
      verdicts = this.#decide(batch, request.now, decided);
      kept.keepAt(decided.ready.map(({ sending }) => sending.connectionId));
      if (decided.ready.length) crashPoint('release-decided');
      return verdicts;
    };
    try {
      const claimed = await this.store.release(request, decide);
      if (decided.ready.length) crashPoint('intent-committed');
      kept.keepAt([]);
      for (const { sending, connection } of decided.ready) this.dispatcher.dispatch(sending, connection);
      if (verdicts) tellVerdicts(watch, verdicts.verdicts);
      for (const { message, problem } of decided.undecided)
        await this.#setAside(message, problem, request.now);
      return claimed;
    } catch (error) {
      if (!(error instanceof ReleaseFailed)) throw error;
      return this.#apart(request, kept, error);
    }
  }

  /** What failed together is tried in halves, and halves of these, so that only the message at fault is set aside. */
  async #apart(
    request: ClaimRequest,
    kept: KeptPlaces,
    { messages, cause }: ReleaseFailed,
  ): Promise<Claimed> {
    const middle = Math.ceil(messages.length / 2);
    const [first] = messages;
    if (first && messages.length === 1) await this.#setAside(first, describe(cause), request.now);
    else
      for (const only of [messages.slice(0, middle), messages.slice(middle)])
        await this.#release({ ...request, only }, kept);
    return { claimed: messages.length, more: true, nextDueAt: null };
  }

  async #setAside(message: MessageKey, problem: string, now: Date): Promise<void> {
    const { log } = this.parts.watch ?? unwatched;
    log.warn(
      { org_id: message.orgId, message_id: message.id },
      'a message could not be released; it is set aside',
    );
    await this.store.setAside(message, problem, now);
  }

  /** Waits for the calls under way and the record of what became of them. */
  drain(): Promise<void> {
    return this.dispatcher.drain();
  }

  #decide(batch: ClaimedBatch, now: Date, { ready, undecided }: Decided): Verdicts {
    const round = new ReleaseRound(now, batch.buckets, {
      roomAt: ({ id }) => this.dispatcher.places.roomAt(id),
      repeatWithinMs: (provider) => {
        const onUnknown = this.parts.findProvider(provider)?.onUnknown;
        return onUnknown?.kind === 'retry_same_key' ? onUnknown.keyWindowMs / 2 : 0;
      },
    });
    const verdicts = batch.candidates.map((candidate): Verdict => {
      try {
        return this.#decideOne(candidate, round, ready);
      } catch (error) {
        // A message that cannot even be decided must not keep its neighbours: it is set aside.
        const { orgId, id } = candidate.message;
        undecided.push({ message: { orgId, id }, problem: describe(error) });
        return { kind: 'leave', candidate, checks: [], until: new Date(now.getTime() + busyPauseMs) };
      }
    });
    return { verdicts, buckets: round.changedBuckets(), probes: round.probes() };
  }

  #decideOne(candidate: Loaded, round: ReleaseRound, ready: Prepared[]): Verdict {
    const release = decideRelease(candidate, round);
    if (release.kind === 'leave')
      return { kind: 'leave', candidate, checks: [], until: new Date(round.now.getTime() + busyPauseMs) };
    if (release.kind === 'stop') return { candidate, checks: release.checks, ...ended(release.stop) };
    return this.#send(candidate, release, round.now, ready);
  }

  #send(
    candidate: Loaded,
    release: Extract<Release, { kind: 'send' }>,
    now: Date,
    ready: Prepared[],
  ): Verdict {
    const { checks, route, repeats } = release;
    const opened = this.parts.open(route.connection);
    if (opened.kind === 'unusable') {
      const stop = unusable(opened.reason, now);
      return { candidate, checks: [...checks, stop], ...ended(stop) };
    }
    const content = this.#content(candidate, release);
    if ('verdict' in content) return { candidate, checks: [...checks, content], ...ended(content) };
    const { payload, json, links, variant } = content;
    const payloadHash = hash('sha256', json, 'hex');
    const sending = this.#intent(candidate, route, repeats, payloadHash, now);
    ready.push({
      sending: { ...sending, payload, ...punctuality(candidate, now) },
      connection: opened.connection,
    });
    return {
      kind: 'send',
      candidate,
      checks: variant ? [...checks, pass('render', variant)] : checks,
      sending,
      payload: repeats ? null : json,
      payloadHash,
      links,
    };
  }

  /** The stored bytes when an attempt is repeated, else rendered now. */
  #content(candidate: Loaded, { route, repeats }: Extract<Release, { kind: 'send' }>): Content | Stop {
    if (repeats && candidate.storedPayload)
      return {
        payload: candidate.storedPayload,
        json: JSON.stringify(candidate.storedPayload),
        links: [],
      };
    const rendered = this.parts.renderer.render(renderInput(candidate, route));
    if (rendered.kind === 'rendered') return { ...rendered, json: JSON.stringify(rendered.payload) };
    return notRendered(candidate, rendered.reason, this.parts.clock.now());
  }

  #intent(
    { message, history }: Candidate,
    { channel, address, connection }: Extract<Release, { kind: 'send' }>['route'],
    repeats: PastAttempt | null,
    payloadHash: string,
    now: Date,
  ): Sending {
    // The key stands for the bytes: the same message with the same bytes is the same send, with others it is another.
    const idempotencyKey = repeats?.idempotencyKey ?? `${message.id}-${payloadHash.slice(0, 16)}`;
    const usedSince = history.find((attempt) => attempt.idempotencyKey === idempotencyKey)?.startedAt;
    return {
      orgId: message.orgId,
      messageId: message.id,
      contactId: message.contactId,
      origin: message.origin,
      channel,
      address,
      connectionId: connection.id,
      provider: connection.provider,
      attemptId: this.parts.newId<AttemptId>(),
      idempotencyKey,
      startedAt: now,
      keyUsedSince: usedSince ?? now,
      failures: history.filter(({ outcome }) => outcome === 'failed_before_send' || outcome === 'unknown')
        .length,
      trace: message.trace,
    };
  }
}

/** What is sent; `variant` when it was rendered now. */
interface Content {
  payload: Payload;
  json: string;
  links: { id: string; url: string }[];
  variant?: RenderedVariant;
}

type Loaded = ClaimedBatch['candidates'][number];

/** What a batch leads to besides its verdicts. */
interface Decided {
  ready: Prepared[];
  /** What threw. */
  undecided: { message: MessageKey; problem: string }[];
}

interface Prepared {
  sending: ReadyToSend;
  connection: OpenConnection;
}

const unusablePauseMs = 15 * 60_000;

const unusable = (reason: string, now: Date): Stop => ({
  rule: 'connection',
  verdict: 'defer',
  until: new Date(now.getTime() + unusablePauseMs),
  reason: 'connection_unusable',
  needs: reason,
});

const punctuality = ({ message }: Candidate, now: Date): Pick<ReadyToSend, 'lane' | 'lateByMs'> => ({
  lane: message.class === 'transactional' ? 0 : 1,
  lateByMs: now.getTime() - message.dueAt.getTime(),
});
