import { z } from 'zod';
import { Instant, PageQuery } from '../primitives.js';
import { FlowFinding } from './check.js';
import { FlowDefinition, Trigger } from './definition.js';

const Key = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,99}$/,
    'Use a key such as welcome-series: lower-case letters, digits, . _ -',
  );

/**
 * draft: never published. live: takes new contacts. paused: takes none, and what its runs plan is held. archived: takes none
 * and is hidden from lists; its runs go on.
 */
export const FlowStatus = z.enum(['draft', 'live', 'paused', 'archived']);
export type FlowStatus = z.infer<typeof FlowStatus>;

/** A version and its share of new contacts; a version without share still moves the runs that it has. */
const Share = z.object({ version: z.number().int(), weight: z.number().int() });

const flowFields = z.object({
  id: z.uuid(),
  key: z.string(),
  name: z.string(),
  status: FlowStatus,
  /** The recipe it was installed from. */
  recipe: z.string().nullable(),
  /** Whether there are changes that are not published. */
  has_draft: z.boolean(),
  /** Versions that take new contacts. */
  live: z.array(Share),
  /** What lets contacts in: that of the version which most of them get, else of the newest, else of the draft. */
  trigger: Trigger.nullable(),
  /** For schedules: when contacts are admitted next. */
  next_tick_at: Instant.nullable(),
  created_at: Instant,
  updated_at: Instant,
});

export const FlowSummary = flowFields
  .extend({
    /** The first two end at 10000: there may be more. `sent_30_days`: messages, by days in UTC, today's included. */
    figures: z.object({
      active_runs: z.number().int(),
      planned_messages: z.number().int(),
      sent_30_days: z.number().int(),
    }),
  })
  .meta({ id: 'FlowSummary' });
export type FlowSummary = z.output<typeof FlowSummary>;

/** `draft` is what is being worked on; null when everything is published. */
export const Flow = flowFields.extend({ draft: FlowDefinition.nullable() }).meta({ id: 'Flow' });
export type Flow = z.output<typeof Flow>;

/** `warnings`: what the new version does in some cases that may not be meant. */
export const PublishedFlow = Flow.extend({ warnings: z.array(FlowFinding) }).meta({ id: 'PublishedFlow' });
export type PublishedFlow = z.output<typeof PublishedFlow>;

/** `key`: made from the name when left out. */
export const FlowInput = z
  .strictObject({ key: Key.optional(), definition: FlowDefinition })
  .meta({ id: 'FlowInput' });
export type FlowInput = z.output<typeof FlowInput>;

export const FlowPatch = z
  .strictObject({
    key: Key.optional(),
    /** The new draft; null throws the draft away. */
    definition: FlowDefinition.nullable().optional(),
    /** `updated_at` of the flow as it was read: refused as a conflict when somebody has changed it since. */
    if_updated_at: Instant.optional(),
  })
  .meta({ id: 'FlowPatch' });
export type FlowPatch = z.output<typeof FlowPatch>;

export const FlowVersionSummary = z
  .object({
    id: z.uuid(),
    number: z.number().int(),
    weight: z.number().int(),
    trigger_type: z.string(),
    published_at: Instant,
    published_by: z.string().nullable(),
    /** Runs of this version that are under way. */
    active_runs: z.number().int(),
  })
  .meta({ id: 'FlowVersionSummary' });
export type FlowVersionSummary = z.output<typeof FlowVersionSummary>;

export const FlowVersion = FlowVersionSummary.omit({ active_runs: true })
  .extend({ definition: FlowDefinition })
  .meta({ id: 'FlowVersion' });
export type FlowVersion = z.output<typeof FlowVersion>;

/** One thing that differs; steps are compared by their ids, so that a step that moved is not a new one. */
export const FlowChange = z
  .object({
    change: z.enum(['added', 'removed', 'changed', 'moved']),
    /** `trigger`, `steps.reminder`, `steps.reminder.timing.offset`. */
    path: z.string(),
    before: z.json().optional(),
    after: z.json().optional(),
  })
  .meta({ id: 'FlowChange' });
export type FlowChange = z.output<typeof FlowChange>;

/** Percent of new contacts. */
export const Weight = z.number().int().min(0).max(100);

/** Shares of new contacts by version number; they make 100 together. Versions left out get none. */
export const Weights = z
  .strictObject({
    weights: z
      .array(z.strictObject({ version: z.number().int().min(1), weight: Weight }))
      .min(1)
      .max(20),
  })
  .refine(({ weights }) => weights.reduce((sum, { weight }) => sum + weight, 0) === 100, {
    error: 'Weights are shares of a hundred: make them 100 together.',
    path: ['weights'],
  })
  .refine(({ weights }) => new Set(weights.map(({ version }) => version)).size === weights.length, {
    error: 'Name each version once.',
    path: ['weights'],
  })
  .meta({ id: 'FlowWeights' });
export type Weights = z.output<typeof Weights>;

export const FlowQuery = PageQuery.extend({ status: FlowStatus.optional(), key: Key.optional() });
export type FlowQuery = z.output<typeof FlowQuery>;
