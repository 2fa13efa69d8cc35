import { isDeepStrictEqual } from 'node:util';
import type { FlowFinding } from '@halyard/contracts/flows/check';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { FlowStatus } from '@halyard/contracts/flows/flow';
import { DomainError } from '../domain-error.js';
import type { FlowVersionId } from '../ids.js';
import { errorsAmong } from './check.js';
import { nextTick } from './schedule.js';

/** A flow as it stands, locked while a change to what is live is decided. */
export interface FlowState {
  key: string;
  status: FlowStatus;
  draft: FlowDefinition | null;
  versions: PublishedVersion[];
  /** For schedules that name no zone. */
  timeZone: string;
}

export interface PublishedVersion {
  id: FlowVersionId;
  number: number;
  weight: number;
  definition: FlowDefinition;
}

/** What becomes of it. `versions` are all there are afterwards, the new one among them. */
export interface FlowChange {
  status: FlowStatus;
  draft: FlowDefinition | null;
  versions: PublishedVersion[];
}

/** Errors are thrown, warnings come back. */
export function refuseErrors(findings: FlowFinding[]): FlowFinding[] {
  const errors = errorsAmong(findings);
  const [first] = errors;
  if (first) throw new DomainError('invalid_definition', first.message, errors);
  return findings;
}

/**
 * The draft becomes the next version with this share of new contacts; those that were live share the rest in the
 * proportion they had. A flow that was paused or archived stays so. `checked`: what was found fit to be published;
 * another draft is refused.
 */
export function publish(
  state: FlowState,
  checked: FlowDefinition,
  id: FlowVersionId,
  weight: number,
): FlowChange {
  if (!isDeepStrictEqual(state.draft, checked))
    throw new DomainError(
      'conflict',
      'The draft was changed or published while it was checked: look at it again, then publish it.',
    );
  const live = state.versions.filter((version) => version.weight > 0);
  const others = live.length ? 100 - weight : 0;
  if (!live.length && weight < 100)
    throw new DomainError(
      'invalid_state',
      'No other version is live to take the rest: publish with weight 100.',
    );
  const shares = apportion(
    live.map((version) => version.weight),
    others,
  );
  const kept = state.versions.map((version) => ({ ...version, weight: shares[live.indexOf(version)] ?? 0 }));
  const number = Math.max(0, ...state.versions.map((version) => version.number)) + 1;
  const status = state.status === 'draft' ? 'live' : state.status;
  const versions = [...kept, { id, number, weight, definition: checked }];
  return { status, draft: null, versions };
}

/** Gives the versions named these shares of a hundred, and all others none. */
export function weigh(state: FlowState, weights: readonly { version: number; weight: number }[]): FlowChange {
  const unknown = weights.find(({ version }) => !state.versions.some(({ number }) => number === version));
  if (unknown)
    throw new DomainError(
      'invalid_state',
      `There is no version ${unknown.version} of this flow: name one of its versions.`,
    );
  const shares = new Map(weights.map(({ version, weight }) => [version, weight]));
  const versions = state.versions.map((version) => ({ ...version, weight: shares.get(version.number) ?? 0 }));
  return { status: state.status, draft: state.draft, versions };
}

/**
 * Changes whether a flow takes new contacts. Runs under way are not touched, but while it is paused what they plan is held at
 * release (checkFlow). One that was archived before it was ever published is a draft again when it is resumed.
 */
export function turn(state: FlowState, to: 'live' | 'paused' | 'archived'): FlowChange {
  const refuse = (why: string): never => {
    throw new DomainError('invalid_state', why);
  };
  if (state.status === 'draft' && to !== 'archived')
    refuse('This flow was never published: publish it first.');
  if (state.status === 'archived' && to === 'paused') refuse('This flow is archived: resume it first.');
  const status = to === 'live' && !state.versions.length ? 'draft' : to;
  return { status, draft: state.draft, versions: state.versions };
}

/** When contacts are admitted next by the schedules of live versions; null: by none. */
export function nextTickOf({ status, versions }: FlowChange, timeZone: string, now: Date): Date | null {
  if (status !== 'live') return null;
  const ticks = versions.flatMap(({ weight, definition: { trigger } }) =>
    weight > 0 && trigger.type === 'schedule'
      ? (nextTick(trigger.cron, trigger.zone ?? timeZone, now) ?? [])
      : [],
  );
  return ticks.reduce<Date | null>((first, tick) => (first && first < tick ? first : tick), null);
}

/** Whole shares of `total` in proportion to the weights; what rounding leaves goes to the largest remainders. */
export function apportion(weights: readonly number[], total: number): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  if (sum === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => (weight * total) / sum);
  const shares = exact.map(Math.floor);
  const left = total - shares.reduce((a, b) => a + b, 0);
  const byRemainder = exact
    .map((share, n) => ({ n, remainder: share - Math.floor(share) }))
    .sort((a, b) => b.remainder - a.remainder || a.n - b.n);
  for (const { n } of byRemainder.slice(0, left)) shares[n] = (shares[n] ?? 0) + 1;
  return shares;
}
