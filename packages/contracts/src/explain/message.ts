import { z } from 'zod';
import { Event } from '../events/event.js';
import { Attempt, Message } from '../messages/message.js';
import { Instant } from '../primitives.js';
import {
  ExplainedCampaign,
  ExplainedCondition,
  ExplainedFlip,
  ExplainedRun,
  ExplainLocale,
} from './parts.js';

/** One rule that was looked at. `needs`: what would have to differ for it to pass; null when it passed. */
export const ExplainedCheck = z
  .object({
    rule: z.string(),
    verdict: z.string(),
    reason: z.string().nullable(),
    facts: z.record(z.string(), z.json()),
    sentence: z.string(),
    needs: z.string().nullable(),
  })
  .meta({ id: 'ExplainedCheck' });
export type ExplainedCheck = z.output<typeof ExplainedCheck>;

const entry = { at: Instant, sentence: z.string() };

/** One thing that happened to a message, in the order of time. */
export const StoryEntry = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('event'), ...entry, event: Event }),
    z.object({ kind: z.literal('run'), ...entry }),
    z.object({ kind: z.literal('planned'), ...entry, planned_at: Instant }),
    z.object({
      kind: z.literal('decision'),
      ...entry,
      rule: z.string(),
      verdict: z.string(),
      facts: z.record(z.string(), z.json()),
      /** The event that it followed from. */
      event: Event.nullable(),
      checks: z.array(ExplainedCheck),
      /** For a step's condition that did not hold: which comparisons settled it, and what would flip it. */
      condition: ExplainedCondition.nullable(),
      smallest_change: ExplainedFlip.nullable(),
    }),
    z.object({ kind: z.literal('attempt'), ...entry, attempt: Attempt }),
    z.object({
      kind: z.literal('report'),
      ...entry,
      report: z.object({ type: z.string(), payload: z.json() }),
    }),
    /** What a person, a service's key or the recipient did to it: cancel, try again, suppress, merge. */
    z.object({
      kind: z.literal('act'),
      ...entry,
      act: z.object({
        action: z.string(),
        /** `name`: only for those who may read the audit log. */
        actor: z.object({ type: z.string(), name: z.string().nullable() }),
      }),
    }),
  ])
  .meta({ id: 'StoryEntry' });
export type StoryEntry = z.output<typeof StoryEntry>;

/** The whole story of a message, for machines and in sentences. */
export const MessageExplanation = z
  .object({
    message: Message,
    event: Event.nullable(),
    run: ExplainedRun.nullable(),
    campaign: ExplainedCampaign.nullable(),
    step: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
    story: z.array(StoryEntry),
    locale: ExplainLocale,
    /** The story's sentences, and how things stand. */
    sentences: z.array(z.string()),
  })
  .meta({ id: 'MessageExplanation' });
export type MessageExplanation = z.output<typeof MessageExplanation>;
