import type { Channel } from '@halyard/contracts/primitives';
import type { Candidate, PastAttempt } from './candidate.js';
import type { Check, Stop } from './check.js';
import {
  checkAddress,
  checkChannelWindow,
  checkConsent,
  checkContent,
  checkSuppression,
} from './checks/channel-checks.js';
import {
  checkCampaign,
  checkCondition,
  checkContact,
  checkExpiry,
  checkFlow,
  checkPlanCurrent,
  checkSubject,
} from './checks/message-checks.js';
import { checkCaps, checkHours } from './checks/timing-checks.js';
import { addressFor } from './posting-place.js';
import type { ReleaseRound, Way } from './release-round.js';
import { channelOrder, chooseConnection, repeatedAttempt } from './routing.js';
import type { Sender } from './who-sends.js';
import { senderOf, waitsFor } from './who-sends.js';

export type Route = Way;

/**
 * What becomes of a message at its moment, with every check that was looked at.
 * - send: by this route; `repeats` is the attempt whose bytes and key are sent again.
 * - stop: put off, or ended with a reason.
 * - leave: its connection is busy, or it waits as before for who sends it; nothing is recorded.
 */
export type Release =
  | { kind: 'send'; checks: Check[]; route: Route; repeats: PastAttempt | null }
  | { kind: 'stop'; checks: Check[]; stop: Stop }
  | { kind: 'leave'; until?: Date };

/**
 * Rechecks every rule against the facts of this moment and finds a way to the person. Pure but for the round, which
 * counts what the messages of one batch take from one another: tokens, caps, room at a connection.
 */
export function decideRelease(candidate: Candidate, round: ReleaseRound): Release {
  const checks: Check[] = [];
  for (const check of messageChecks(candidate, round.now)) {
    checks.push(check);
    if (check.verdict !== 'pass') return stopped(candidate, checks, check, round);
  }
  let first: Stop | null = null;
  for (const channel of channelOrder(candidate)) {
    const tried = tryChannel(candidate, channel, round);
    if (tried.kind === 'leave') return tried;
    checks.push(...tried.checks);
    if (tried.kind === 'send') return { ...tried, checks };
    // What is only put off is worth waiting for; else the next channel may still reach them.
    if (tried.stop.verdict === 'defer' && tried.stop.rule !== 'connection')
      return stopped(candidate, checks, tried.stop, round);
    if (!first || (first.verdict !== 'defer' && tried.stop.verdict === 'defer')) first = tried.stop;
  }
  return stopped(candidate, checks, first ?? noChannel, round);
}

const noChannel: Stop = {
  rule: 'address',
  verdict: 'skip',
  reason: 'no_address',
  needs: 'The message would have to name a channel.',
};

/** Each is looked at only when the one before has passed. */
function* messageChecks(candidate: Candidate, now: Date): Generator<Check> {
  // Before its expiry: what a pause holds does not expire meanwhile.
  if (candidate.message.source === 'campaign') yield checkCampaign(candidate, now);
  yield checkExpiry(candidate, now);
  if (candidate.message.source === 'flow') yield checkFlow(candidate, now);
  yield checkPlanCurrent(candidate, now);
  yield checkSubject(candidate);
  yield checkContact(candidate);
  yield checkCondition(candidate, now);
}

function tryChannel(candidate: Candidate, channel: Channel, round: ReleaseRound): Release {
  const { now } = round;
  const checks: Check[] = [];
  const address = addressFor(candidate, channel) ?? '';
  for (const check of channelChecks(candidate, channel, address, now)) {
    checks.push(check);
    if (check.verdict !== 'pass') return { kind: 'stop', checks, stop: check };
  }
  const routed = chooseConnection(candidate, { channel, address }, now, (connection) =>
    round.breakerOf(connection),
  );
  checks.push(routed.check);
  if (routed.check.verdict !== 'pass') return { kind: 'stop', checks, stop: routed.check };
  if (!routed.connection || !round.hasRoom(routed.connection)) return { kind: 'leave' };
  const route: Route = { channel, address, connection: routed.connection };
  for (const check of timingChecks(candidate, route, round)) {
    checks.push(check);
    if (check.verdict !== 'pass') return { kind: 'stop', checks, stop: check };
  }
  const repeats = repeatedAttempt(candidate.history);
  if (repeats && !round.isRepeatable(repeats, candidate, now))
    return { kind: 'stop', checks, stop: keyWindowOver };
  const sender = senderOf(candidate, routed.connection);
  if (round.sender && sender !== round.sender) return leftTo(sender, candidate, checks, now);
  round.take(candidate, route, routed.probe);
  return { kind: 'send', checks, route, repeats };
}

/** It is for somebody else to send. Once that is on record it is only looked at again. */
function leftTo(sender: Sender, candidate: Candidate, checks: Check[], now: Date): Release {
  if (sender === 'loop') return { kind: 'leave' };
  const stop = waitsFor(sender, candidate, now);
  if (stop.verdict === 'defer' && stop.reason === candidate.message.deferredBy)
    return { kind: 'leave', until: stop.until };
  return { kind: 'stop', checks: [...checks, stop], stop };
}

function* channelChecks(
  candidate: Candidate,
  channel: Channel,
  address: string,
  now: Date,
): Generator<Check> {
  yield checkAddress(channel, address);
  yield checkSuppression(candidate, channel, address);
  yield checkConsent(candidate, channel);
  yield checkContent(candidate, channel);
  yield checkChannelWindow(candidate, channel, now);
}

function* timingChecks(candidate: Candidate, route: Route, round: ReleaseRound): Generator<Check> {
  yield checkHours(candidate, route.channel, route.address, round.now);
  yield checkCaps(candidate, route.channel, round.now);
  yield round.checkRates(candidate, route);
}

function stopped(candidate: Candidate, checks: Check[], stop: Stop, round: ReleaseRound): Release {
  const { history } = candidate;
  const repeated = repeatedAttempt(history);
  if (repeated && (stop.verdict !== 'defer' || !round.isRepeatable(repeated, candidate, stop.until)))
    return { kind: 'stop', checks, stop: leftUnknown(stop) };
  const refused = history.some((attempt) => attempt.outcome === 'rejected');
  if (refused && stop.verdict === 'skip')
    return { kind: 'stop', checks, stop: { ...stop, verdict: 'fail', reason: 'rejected' } };
  return { kind: 'stop', checks, stop: stop.verdict === 'defer' ? notBefore(stop, round.now) : stop };
}

/** It may have arrived, so it is neither skipped nor expired: nobody can say. */
const leftUnknown = (stop: Stop): Stop => ({
  rule: 'repeat',
  verdict: 'unknown',
  reason: 'not_repeatable',
  needs: 'It may have been sent, and may not be repeated now: look it up at the provider.',
  facts: { because: stop.rule },
});

const keyWindowOver: Stop = {
  rule: 'repeat',
  verdict: 'unknown',
  reason: 'key_window_over',
  needs: 'The provider would still have to know its key.',
};

/** A moment that is already over would make the loop turn on the spot. */
const notBefore = <S extends Extract<Stop, { verdict: 'defer' }>>(stop: S, now: Date): S =>
  stop.until > now ? stop : { ...stop, until: new Date(now.getTime() + 1000) };
