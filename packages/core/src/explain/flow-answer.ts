import type { FlowExplanation } from '@halyard/contracts/explain/flow';
import type { DecisionRecord, FlowRecord } from './explain-store.js';
import type { FlowThen } from './flow-then.js';
import type { Place, Question } from './place.js';
import type { Teller } from './tell.js';

/** An explanation for machines and people, from the place that was found. */
export function tellPlace(
  { flow, contactId, teller }: Question,
  place: Place,
  decisions: readonly DecisionRecord[],
): FlowExplanation {
  const { id, key, name, status } = flow;
  const { run, event, condition, flip } = place;
  const path = decisions.map((decision) => tellDecision(decision, teller));
  const because = condition?.because.map(({ sentence }) => sentence) ?? [];
  const flipped = flip?.sentence ?? (condition ? teller.says.phrases.noFlip : null);
  return {
    flow: { id, key, name, status },
    flow_then: place.flowThen && tellFlowThen(place.flowThen, flow),
    contact_id: contactId,
    verdict: place.verdict,
    reason: place.reason,
    at: place.at.toISOString(),
    event: event?.told ?? null,
    run: run && {
      id: run.run.id,
      flow: { id, key, name },
      version: run.version,
      status: run.run.status,
      end_reason: run.run.endReason,
      started_at: run.run.startedAt.toISOString(),
      ended_at: run.endedAt?.toISOString() ?? null,
    },
    step: place.step,
    until: place.until?.toISOString() ?? null,
    waiting_for: place.waitingFor,
    condition,
    smallest_change: flip,
    path,
    locale: teller.locale,
    sentences: [mainSentence(place, name, teller), ...because, ...(flipped ? [flipped] : [])],
  };
}

function mainSentence(
  { reason, run, event, step, until, waitingFor, name, flowThen }: Place,
  flow: string,
  teller: Teller,
): string {
  const { says, words } = teller;
  return says.flows[reason]({
    flow: says.phrases.named(flow),
    event: event && { type: event.event.type, at: words.at(event.event.occurredAt) },
    run: run && {
      startedAt: words.at(run.run.startedAt),
      endedAt: run.endedAt && words.at(run.endedAt),
    },
    step,
    until: words.at(until),
    waitingFor,
    name,
    stood: flowThen && {
      status: flowThen.status,
      since: flowThen.since && words.at(flowThen.since),
    },
  });
}

function tellFlowThen(
  { status, since, flow }: FlowThen,
  { versions }: FlowRecord,
): FlowExplanation['flow_then'] {
  const number = new Map(versions.map((version) => [version.id, version.number]));
  return {
    status,
    weights: Object.fromEntries(flow.versions.map(({ id, weight }) => [String(number.get(id)), weight])),
    since: since?.toISOString() ?? null,
  };
}

function tellDecision({ at, rule, verdict, facts }: DecisionRecord, { says, words }: Teller) {
  const tell = Object.hasOwn(says.decisions, rule)
    ? says.decisions[rule as keyof typeof says.decisions]
    : null;
  return {
    at: at.toISOString(),
    rule,
    verdict,
    facts: facts as FlowExplanation['path'][number]['facts'],
    sentence: tell ? tell({ verdict, facts, cause: null }, words) : says.phrases.other(rule, verdict),
  };
}
