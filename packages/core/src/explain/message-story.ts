import type { ExplainedCheck, StoryEntry } from '@halyard/contracts/explain/message';
import type { ExplainedCondition, ExplainedFlip } from '@halyard/contracts/explain/parts';
import type { MessageDetail } from '@halyard/contracts/messages/message';
import type { MessageRecord } from './explain-store.js';
import { actsOf } from './message-acts.js';
import type { Sentences, ToldCheck } from './sentences/sentences.js';
import type { Teller } from './tell.js';

type Decision = MessageDetail['decisions'][number];

/** A step's condition that did not hold, worked out for one decision. */
export interface ConditionAt {
  at: string;
  condition: ExplainedCondition;
  flip: ExplainedFlip | null;
}

/** Everything that happened to a message, in the order of time, each with its sentence. */
export function storyOf(
  record: MessageRecord,
  conditions: readonly ConditionAt[],
  given: Teller,
): StoryEntry[] {
  const { detail } = record;
  const teller = tellerFor(record, given);
  const { before, since } = actsOf(record, teller);
  const entries = [
    ...since,
    ...detail.decisions.map((decision) => tellDecision(decision, record, conditions, teller)),
    ...detail.attempts.map((attempt): StoryEntry => {
      const tell = teller.says.attempts[attempt.outcome ?? 'under_way'];
      const at = attempt.finished_at ?? attempt.started_at;
      return { kind: 'attempt', at, sentence: tell(spoken(attempt, teller), teller.words), attempt };
    }),
    ...reportsOf(record, teller),
  ];
  // Stable: what has the same moment stays in the order above. How it began comes first, whatever the clocks say: a loop's
  // moment is that of its round, which may have begun a little before what it found was written.
  return [
    ...before,
    ...beginning(record, teller),
    ...entries.sort((a, b) => Date.parse(a.at) - Date.parse(b.at)),
  ];
}

/** How the message stands now, in a sentence. */
export function standing(record: MessageRecord, teller: Teller): string {
  const { says, words } = tellerFor(record, teller);
  const { status, reason, due_at, planned_at } = record.detail;
  return says.statuses[status]({ reason, due: words.at(due_at), planned: words.at(planned_at) });
}

/** Of what another service sends, with what that was told and what it reported. */
const tellerFor = ({ detail }: MessageRecord, teller: Teller): Teller =>
  detail.source === 'permit' ? { ...teller, says: { ...teller.says, ...teller.says.permit } } : teller;

function beginning({ detail, event, run, campaign }: MessageRecord, { says, words }: Teller): StoryEntry[] {
  const { created_at: at, planned_at, step_id } = detail;
  const planned = says.phrases.planned(step_id, words.at(planned_at));
  const entries: StoryEntry[] = [];
  if (event)
    entries.push({ kind: 'event', at: event.recorded_at, sentence: says.phrases.event(event.type), event });
  if (run)
    entries.push({ kind: 'run', at: run.started_at, sentence: says.phrases.run(run.flow.name, run.version) });
  const origin = campaign
    ? says.phrases.campaign(campaign.name, campaign.occurrence)
    : says.sources[detail.source];
  const sentence = run ? planned : `${origin} ${planned}`;
  entries.push({ kind: 'planned', at, sentence, planned_at });
  return entries;
}

function tellDecision(
  decision: Decision,
  { causes }: MessageRecord,
  conditions: readonly ConditionAt[],
  teller: Teller,
): StoryEntry {
  const { at, rule, verdict, facts, event_id } = decision;
  const event = (event_id && causes.get(event_id)) || null;
  const checks = checksOf(facts).flatMap((check) => tellCheck(check, teller) ?? []);
  const explained = rule === 'condition' ? conditions.find((one) => one.at === at) : undefined;
  return {
    kind: 'decision',
    at,
    sentence: sentenceOf({ ...decision, cause: event?.type ?? null }, checks, explained, teller),
    rule,
    verdict,
    facts,
    event,
    checks,
    condition: explained?.condition ?? null,
    smallest_change: explained?.flip ?? null,
  };
}

/** What was found, what followed, and what would have to differ. */
function sentenceOf(
  { rule, ...decided }: Omit<Decision, 'at' | 'event_id'> & { cause: string | null },
  checks: readonly ExplainedCheck[],
  explained: ConditionAt | undefined,
  teller: Teller,
): string {
  const { says, words } = teller;
  const { verdict } = decided;
  const told = { ...decided, facts: spoken(decided.facts, teller) };
  if (has(says.decisions, rule)) return says.decisions[rule](told, words);
  if (!has(says.released, verdict)) return says.phrases.other(rule, verdict);
  const decisive = checks.findLast((check) => check.rule === rule && check.needs !== null);
  const because = explained?.condition.because.map(({ sentence }) => sentence) ?? [];
  const parts = [decisive?.sentence, ...because, says.released[verdict](told, words)];
  return [...parts, explained ? explained.flip?.sentence : decisive?.needs].filter(Boolean).join(' ');
}

type StoredCheck = { rule?: unknown; verdict?: unknown; reason?: unknown; facts?: unknown };

const checksOf = ({ checks }: Decision['facts']): StoredCheck[] =>
  Array.isArray(checks) ? (checks as StoredCheck[]) : [];

function tellCheck({ rule, verdict, reason, facts }: StoredCheck, teller: Teller): ExplainedCheck | null {
  if (typeof rule !== 'string' || typeof verdict !== 'string') return null;
  const { says } = teller;
  const known = (facts ?? {}) as ExplainedCheck['facts'];
  const given: ToldCheck = {
    passed: verdict === 'pass',
    reason: typeof reason === 'string' ? reason : null,
    facts: spoken(known, teller),
  };
  const told = has(says.checks, rule)
    ? says.checks[rule](given, teller.words)
    : { says: says.phrases.other(rule, verdict), needs: null };
  return { rule, verdict, reason: given.reason, facts: known, sentence: told.says, needs: told.needs };
}

/** What providers reported, and what was tracked here that no provider reported. */
function reportsOf({ detail, events }: MessageRecord, { says }: Teller): StoryEntry[] {
  const entry = (type: string, at: string, payload: MessageDetail['payload']): StoryEntry => ({
    kind: 'report',
    at,
    sentence: has(says.reports, type)
      ? says.reports[type](detailIn(payload))
      : says.phrases.other('report', type),
    report: { type, payload },
  });
  const reported = new Set(detail.reports.map(({ type }) => type));
  const tracked = events.flatMap((event) => {
    const type = tracks[event.type];
    return type && !reported.has(type) ? [entry(type, event.recorded_at, event.payload)] : [];
  });
  return [
    ...detail.reports.map(({ type, received_at, payload }) => entry(type, received_at, payload)),
    ...tracked,
  ];
}

/** What Halyard sees by itself: its own links, pixel and pages. */
const tracks: Record<string, keyof Sentences['reports']> = {
  'message.opened': 'opened',
  'message.clicked': 'clicked',
  'message.unsubscribed': 'unsubscribed',
  'message.replied': 'inbound',
};

function detailIn(payload: unknown): string | null {
  const { detail } = (payload ?? {}) as { detail?: unknown };
  return typeof detail === 'string' ? unstopped(detail) : null;
}

/** With the name of its channel as people say it, and what others wrote without a full stop of its own. */
const spoken = <T extends { channel?: unknown; detail?: unknown }>(facts: T, { words }: Teller): T => ({
  ...facts,
  ...(typeof facts.channel === 'string' && { channel: words.channel(facts.channel) }),
  ...(typeof facts.detail === 'string' && { detail: unstopped(facts.detail) }),
});

const unstopped = (text: string): string => text.replace(/\.$/, '');

const has = <T extends object>(table: T, name: string): name is Extract<keyof T, string> =>
  Object.hasOwn(table, name);
