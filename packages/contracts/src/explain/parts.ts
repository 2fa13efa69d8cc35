import { z } from 'zod';
import { Condition } from '../conditions.js';
import { Instant } from '../primitives.js';

/** The languages that explanations are written in. */
export const ExplainLocale = z.enum(['en', 'de']);
export type ExplainLocale = z.output<typeof ExplainLocale>;

/** `locale`: the language of the sentences; Accept-Language when left out, else English. */
export const LocaleQuery = z.object({ locale: ExplainLocale.optional() });

/** The moment as of which a fact is known; `now` where only its present value is, though it may have been another then. */
const AsOf = z.union([Instant, z.literal('now')]);

/** A comparison with the fact that it met. */
export const ExplainedFinding = z
  .object({
    field: z.string(),
    op: z.string(),
    value: z.json().optional(),
    fact: z.json(),
    holds: z.boolean(),
    as_of: AsOf,
    sentence: z.string(),
  })
  .meta({ id: 'ExplainedFinding' });
export type ExplainedFinding = z.output<typeof ExplainedFinding>;

/** A condition that decided, where it is written (`trigger.filter`), and the comparisons that settled it. */
export const ExplainedCondition = z
  .object({ path: z.string(), condition: Condition, holds: z.boolean(), because: z.array(ExplainedFinding) })
  .meta({ id: 'ExplainedCondition' });
export type ExplainedCondition = z.output<typeof ExplainedCondition>;

/**
 * One thing that would have to differ. `fact`: this value instead of that one. `other_subject`: about another subject
 * (another booking). `start_again`: started by hand with `again`. `make_live`: the flow published and not paused.
 */
export const ExplainedChange = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('fact'), field: z.string(), from: z.json(), to: z.json() }),
    z.object({ kind: z.literal('other_subject') }),
    z.object({ kind: z.literal('start_again') }),
    z.object({ kind: z.literal('make_live') }),
  ])
  .meta({ id: 'ExplainedChange' });
export type ExplainedChange = z.output<typeof ExplainedChange>;

/**
 * What a change would lead to. enters; reentry: the condition would hold, but re-entry would still keep it out; stays: the
 * run would not have ended; goes_on: the wait would have ended; other_way: another branch; holds: the condition would hold.
 */
export const FlipOutcome = z.enum(['enters', 'reentry', 'stays', 'goes_on', 'other_way', 'holds']);
export type FlipOutcome = z.output<typeof FlipOutcome>;

/** The smallest change that flips a verdict, found by evaluating the real rules with it. `tried`: how many were evaluated. */
export const ExplainedFlip = z
  .object({
    changes: z.array(ExplainedChange),
    outcome: FlipOutcome,
    tried: z.number().int(),
    sentence: z.string(),
  })
  .meta({ id: 'ExplainedFlip' });
export type ExplainedFlip = z.output<typeof ExplainedFlip>;

/** The campaign that made a message, and in which of its occurrences. */
export const ExplainedCampaign = z
  .object({ id: z.uuid(), name: z.string(), occurrence: z.number().int() })
  .meta({ id: 'ExplainedCampaign' });
export type ExplainedCampaign = z.output<typeof ExplainedCampaign>;

/** The run, as far as explanations name it. */
export const ExplainedRun = z
  .object({
    id: z.uuid(),
    flow: z.object({ id: z.uuid(), key: z.string(), name: z.string() }),
    version: z.number().int(),
    status: z.string(),
    end_reason: z.string().nullable(),
    started_at: Instant,
    ended_at: Instant.nullable(),
  })
  .meta({ id: 'ExplainedRun' });
export type ExplainedRun = z.output<typeof ExplainedRun>;
