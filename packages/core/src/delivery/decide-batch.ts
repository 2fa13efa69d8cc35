import { hash } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { Opened } from '../connections/open-connection.js';
import { describe } from '../decide/retry.js';
import type { AttemptId, Ids } from '../ids.js';
import type { Candidate, PastAttempt, ReleaseConnection } from './candidate.js';
import type { Stop } from './check.js';
import { pass } from './check.js';
import { renderInput } from './compose.js';
import type { ClaimedBatch, MessageKey, Verdict, Verdicts } from './delivery-store.js';
import { permittedPayload } from './permitted-payload.js';
import type { FindProvider, OpenConnection, Payload } from './provider.js';
import type { Release, Route } from './release.js';
import { decideRelease } from './release.js';
import { ReleaseRound } from './release-round.js';
import type { RenderedVariant, Renderer } from './renderer.js';
import type { ReadyToSend, Sending } from './sending.js';
import { connectionUnusable, ended, notRendered } from './stops.js';
import type { Sender } from './who-sends.js';

export interface DecideParts {
  renderer: Renderer;
  findProvider: FindProvider;
  /** Opens the secrets of a connection. */
  open: (connection: ReleaseConnection) => Opened;
  /** How many more calls the connection may have under way in this process. */
  roomAt: (connection: ReleaseConnection) => number;
  clock: Clock;
  newId: Ids;
  /** Whose messages these are. */
  sender: Sender;
}

/** A call that is made once its intent is committed. */
export interface Prepared {
  sending: ReadyToSend;
  connection: OpenConnection;
}

export interface DecidedBatch extends Verdicts {
  ready: Prepared[];
  /** What threw. */
  undecided: { message: MessageKey; problem: string }[];
}

const busyPauseMs = 250;

/** From claimed messages to what is written of them and the calls to make: decides and renders, and writes nothing. */
export function decideBatch(batch: ClaimedBatch, now: Date, parts: DecideParts): DecidedBatch {
  const round = new ReleaseRound(now, batch.buckets, {
    roomAt: parts.roomAt,
    sender: parts.sender,
    repeatWithinMs: (provider) => {
      const onUnknown = parts.findProvider(provider)?.onUnknown;
      return onUnknown?.kind === 'retry_same_key' ? onUnknown.keyWindowMs / 2 : 0;
    },
  });
  const ready: Prepared[] = [];
  const undecided: DecidedBatch['undecided'] = [];
  const verdicts = batch.candidates.map((candidate): Verdict => {
    try {
      return decideOne(candidate, round, parts, ready);
    } catch (error) {
      // A message that cannot even be decided must not keep its neighbours: it is set aside.
      const { orgId, id } = candidate.message;
      undecided.push({ message: { orgId, id }, problem: describe(error) });
      return left(candidate, now);
    }
  });
  return { verdicts, buckets: round.changedBuckets(), probes: round.probes(), ready, undecided };
}

type Loaded = ClaimedBatch['candidates'][number];
type ToSend = Extract<Release, { kind: 'send' }>;

const left = (candidate: Loaded, now: Date, until = new Date(now.getTime() + busyPauseMs)): Verdict => ({
  kind: 'leave',
  candidate,
  checks: [],
  until,
});

function decideOne(candidate: Loaded, round: ReleaseRound, parts: DecideParts, ready: Prepared[]): Verdict {
  const release = decideRelease(candidate, round);
  if (release.kind === 'leave') return left(candidate, round.now, release.until);
  if (release.kind === 'stop') return { candidate, checks: release.checks, ...ended(release.stop) };
  return decideToSend(candidate, release, round.now, parts, ready);
}

function decideToSend(
  candidate: Loaded,
  release: ToSend,
  now: Date,
  parts: DecideParts,
  ready: Prepared[],
): Verdict {
  const { checks, route, repeats } = release;
  const stopped = (stop: Stop): Verdict => ({ candidate, checks: [...checks, stop], ...ended(stop) });
  const opened = parts.open(route.connection);
  if (opened.kind === 'unusable') return stopped(connectionUnusable(opened.reason, now));
  const content = contentOf(candidate, release, parts);
  if ('verdict' in content) return stopped(content);
  const { payload, bytes, links, variant } = content;
  const payloadHash = hash('sha256', bytes, 'hex');
  const sending = intentOf(candidate, route, repeats, payloadHash, now, parts.newId<AttemptId>());
  ready.push({
    sending: { ...sending, payload, ...punctuality(candidate, now) },
    connection: opened.connection,
  });
  if (variant) checks.push(pass('render', variant));
  return { kind: 'send', candidate, checks, sending, payload: repeats ? null : bytes, payloadHash, links };
}

/** What is sent; `variant` when it was rendered now. */
interface Content {
  payload: Payload;
  /** Kept outside of V8's heap: a batch of them as texts would be copied at every collection until it is committed. */
  bytes: Uint8Array;
  links: { id: string; url: string }[];
  variant?: RenderedVariant;
}

const bytesOf = (payload: Payload): Uint8Array => Buffer.from(JSON.stringify(payload));

/** The stored bytes when an attempt is repeated, else rendered now. */
function contentOf(candidate: Loaded, { route, repeats }: ToSend, parts: DecideParts): Content | Stop {
  if (candidate.message.source === 'permit') return permitted(candidate, route);
  if (repeats && candidate.storedPayload)
    return { payload: candidate.storedPayload, bytes: bytesOf(candidate.storedPayload), links: [] };
  const rendered = parts.renderer.render(renderInput(candidate, route));
  if (rendered.kind === 'failed') return notRendered(candidate, rendered.reason, parts.clock.now());
  const { payload, links, variant } = rendered;
  return { payload, bytes: bytesOf(payload), links, variant };
}

/** Who asked for the permit has what is sent; all there is to keep is what they said of it. */
function permitted(candidate: Loaded, route: Route): Content {
  const payload = permittedPayload(candidate, route);
  return { payload, bytes: bytesOf(payload), links: [] };
}

function intentOf(
  { message, history }: Candidate,
  { channel, address, connection }: Route,
  repeats: PastAttempt | null,
  payloadHash: string,
  now: Date,
  attemptId: AttemptId,
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
    attemptId,
    idempotencyKey,
    startedAt: now,
    keyUsedSince: usedSince ?? now,
    failures: history.filter(({ outcome }) => outcome === 'failed_before_send' || outcome === 'unknown')
      .length,
    trace: message.trace,
  };
}

const punctuality = ({ message }: Candidate, now: Date): Pick<ReadyToSend, 'lane' | 'lateByMs'> => ({
  lane: message.class === 'transactional' ? 0 : 1,
  lateByMs: now.getTime() - message.dueAt.getTime(),
});
