import type { Comparison } from '@halyard/contracts/conditions';
import type { FlowReason } from '@halyard/contracts/explain/flow';
import type { ExplainedChange, FlipOutcome } from '@halyard/contracts/explain/parts';
import type { FlowStatus } from '@halyard/contracts/flows/flow';
import type { Attempt } from '@halyard/contracts/messages/message';
import type { Channel } from '@halyard/contracts/primitives';
import type { Actor } from '../../actor.js';
import type { Rule } from '../../delivery/check.js';
import type { ProviderReport } from '../../delivery/provider.js';
import type { RunRule } from '../../flows/run.js';
import type { MessageSource, MessageStatus } from '../../messages/message.js';

/** How instants and values are written in a language and zone. */
export interface Words {
  /** An instant (ISO or Date) on the zone's clock. */
  at(instant: unknown): string;
  value(value: unknown): string;
  channel(name: unknown): string;
}

type Facts = Record<string, unknown>;

/** A rule that was looked at, as its decision kept it. */
export interface ToldCheck {
  passed: boolean;
  reason: string | null;
  facts: Facts;
}

/** What a check found, and when it did not pass, what would have to differ. */
export interface Told {
  says: string;
  needs: string | null;
}

export const fine = (says: string): Told => ({ says, needs: null });
export const amiss = (says: string, needs: string): Told => ({ says, needs });

/** Whether a change of preferences let nothing of what it names go on. */
export const allWithdrawn = ({ consents }: Facts): boolean =>
  Array.isArray(consents) && consents.every((one: { state?: unknown }) => one.state === 'withdrawn');

/** A decision that a run or its planning took. */
export interface ToldDecision {
  verdict: string;
  facts: Facts;
  /** Type of the event that it followed from. */
  cause: string | null;
}

/** What is told about a contact and a flow. */
export interface ToldFlow {
  flow: string;
  /** The event's type and moment. */
  event: { type: string; at: string } | null;
  run: { startedAt: string; endedAt: string | null } | null;
  step: string | null;
  until: string | null;
  waitingFor: string | null;
  /** The name of a rule, the reason of an exit or a stop. */
  name: string | null;
  /** How the flow stood then, and since when. */
  stood: { status: FlowStatus; since: string | null } | null;
}

/** What the audit log holds that changes the course of a message. */
export type Act =
  | 'message.cancelled'
  | 'message.retried'
  | 'review_item.replayed'
  | 'review_item.resolved'
  | 'suppression.added'
  | 'suppression.removed'
  | 'consent.granted'
  | 'consent.withdrawn'
  | 'consent.confirmed'
  | 'preferences.changed'
  | 'contact.merged'
  | 'contact.unmerged'
  | 'contact.erased';

/**
 * Everything that explanations say, in one language. Each rule has a sentence function of its own; a rule, outcome or
 * reason without one does not compile.
 */
export interface Sentences {
  channels: Record<Channel, string>;
  checks: Record<Rule, (check: ToldCheck, words: Words) => Told>;
  /** What followed from a release that was decided. */
  released: Record<
    'send' | 'defer' | 'skipped' | 'expired' | 'failed' | 'dead' | 'unknown',
    (decision: ToldDecision, words: Words) => string
  >;
  decisions: Record<RunRule | 'plan', (decision: ToldDecision, words: Words) => string>;
  attempts: Record<NonNullable<Attempt['outcome']> | 'under_way', (attempt: Attempt, words: Words) => string>;
  reports: Record<ProviderReport['type'], (detail: string | null) => string>;
  statuses: Record<
    MessageStatus,
    (message: { reason: string | null; due: string; planned: string }) => string
  >;
  sources: Record<MessageSource, string>;
  /** Of a message that another service sends after it has asked: what it was told, and what it reported. */
  permit: Pick<Sentences, 'released' | 'attempts' | 'statuses'>;
  /** Whoever acted, as the beginning of a sentence. */
  actors: Record<Actor['type'], (name: string | null) => string>;
  acts: Record<Act, (who: string, changes: Facts) => string>;
  flows: Record<FlowReason, (told: ToldFlow) => string>;
  comparisons: Record<Comparison['op'], (field: string, value: string, fact: string) => string>;
  holds: Record<'yes' | 'no', string>;
  changes: Record<ExplainedChange['kind'], (change: { field: string; from: string; to: string }) => string>;
  outcomes: Record<FlipOutcome, string>;
  phrases: {
    event: (type: string) => string;
    run: (flow: string, version: number) => string;
    campaign: (name: string, occurrence: number) => string;
    planned: (step: string | null, at: string) => string;
    /** An entry of a kind that this version of Halyard has no words for. */
    other: (rule: string, verdict: string) => string;
    /** A name in quotation marks. */
    named: (name: string) => string;
    nothing: string;
    yes: string;
    no: string;
    asOfNow: string;
    wouldFlip: (changes: string, outcome: string) => string;
    and: string;
    noFlip: string;
  };
}
