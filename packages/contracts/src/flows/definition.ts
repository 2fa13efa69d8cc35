import { z } from 'zod';
import { Condition } from '../conditions.js';
import { Attributes, Channel, Duration, LocalTime, MessageClass, TimeZone, Weekday } from '../primitives.js';

const StepId = z
  .string()
  .regex(
    /^[a-z][a-z0-9_-]{0,62}$/,
    'A step id is lower-case letters, digits, - and _, such as reminder-3-days.',
  );

/** The event type, such as `booking.created`; `booking.*` matches all of a kind. */
const EventType = z
  .string()
  .regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*(\.\*)?$/, 'Name an event type, such as booking.created.');

/** Whose local time counts: the contact's, the subject's (where the booking takes place), the organization's, or a fixed zone. */
export const ZoneOf = z.union([
  z.enum(['contact', 'subject', 'organization']),
  z.strictObject({ zone: TimeZone }),
]);

/**
 * What admits a contact.
 * - `event`: an event of this type whose facts satisfy `filter`.
 * - `schedule`: at each time of the cron expression, every contact that satisfies `audience`.
 * - `api`: POST /flows/{id}/start.   - `manual`: a person starts it from the dashboard.
 */
export const Trigger = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('event'), event: EventType, filter: Condition.optional() }),
  z.strictObject({
    type: z.literal('schedule'),
    cron: z.string().min(9).max(100),
    zone: TimeZone.optional(),
    audience: Condition,
  }),
  z.strictObject({ type: z.literal('api') }),
  z.strictObject({ type: z.literal('manual') }),
]);
export type Trigger = z.infer<typeof Trigger>;

/** A date among the facts that moments count from. */
const Anchor = z
  .string()
  .regex(
    /^(subject|contact|event|product)(\.[A-Za-z0-9_-]+)+$/,
    'Name a date among the facts, such as subject.starts_at.',
  );

/**
 * When a message is due.
 * - `from: 'previous'` (default): `offset` after the moment of the message before; after a wait, from its end. Without
 *   offset: at once.
 * - `from: 'start'`: `offset` after the run's start.
 * - `from: 'anchor'`: `offset` (may be negative) from a date among the facts, `anchor: 'subject.starts_at'`.
 * Then, if given, moved to the local time `at` on that local day, then forward to the next allowed weekday.
 * `if_past` says what happens when that moment is over at planning: `skip` (default for anchors) or `send_now`.
 * `expires_after`: not sent later than this after its moment.
 */
export const Timing = z.strictObject({
  from: z.enum(['previous', 'start', 'anchor']).default('previous'),
  anchor: Anchor.optional(),
  offset: Duration.optional(),
  at: LocalTime.optional(),
  weekdays: z.array(Weekday).min(1).optional(),
  zone: ZoneOf.optional(),
  if_past: z.enum(['skip', 'send_now']).optional(),
  expires_after: Duration.optional(),
});
export type Timing = z.infer<typeof Timing>;

/** Where a step leads: omitted = the step below; null = the end of the flow. */
const Next = StepId.nullable().optional();

const step = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.strictObject({
    id: StepId,
    name: z.string().max(200).optional(),
    type: z.literal(type),
    next: Next,
    ...shape,
  });

export const MessageStep = step('message', {
  /** Key of a template; with several channels, a template per channel. */
  template: z.union([z.string().min(1), z.partialRecord(Channel, z.string().min(1))]),
  /** Channels in the order they are tried. */
  channels: z.array(Channel).min(1),
  class: MessageClass.default('marketing'),
  topic: z.string().min(1).max(100).default('*'),
  timing: Timing.optional(),
  /** Rechecked at release; when it does not hold the message is skipped with this as the reason. */
  condition: Condition.optional(),
  /** Extra variables for the template. */
  variables: Attributes.optional(),
});

/**
 * A wait is exactly one of these forms; local times are those of `zone`. A wait for a time of day that is just now lasts
 * until the next one; one for a date that is over already does not hold the run up.
 */
export const WaitStep = step('wait', {
  wait: z.discriminatedUnion('for', [
    z.strictObject({ for: z.literal('duration'), duration: Duration }),
    z.strictObject({
      for: z.literal('time'),
      at: LocalTime,
      weekdays: z.array(Weekday).min(1).optional(),
      zone: ZoneOf.optional(),
    }),
    z.strictObject({
      for: z.literal('anchor'),
      anchor: Anchor,
      offset: Duration.optional(),
      at: LocalTime.optional(),
      zone: ZoneOf.optional(),
    }),
    z.strictObject({
      for: z.literal('event'),
      event: EventType,
      filter: Condition.optional(),
      timeout: Duration,
      /** Where to go when the event did not come in time; omitted = like when it came. */
      on_timeout: StepId.nullable().optional(),
    }),
  ]),
});

export const BranchStep = step('branch', {
  branches: z
    .array(z.strictObject({ when: Condition, next: StepId.nullable() }))
    .min(1)
    .max(20),
  // `next` is where those go for whom no branch holds.
});

export const SplitStep = step('split', {
  /** Shares; a contact always falls into the same arm. */
  arms: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        weight: z.number().int().min(0).max(1000),
        next: StepId.nullable(),
      }),
    )
    .min(2)
    .max(10),
});

/** Sets first_name, last_name, locale, time_zone, country, preferred_channel; any other name is an attribute. */
export const UpdateContactStep = step('update_contact', { set: Attributes });
export const StartFlowStep = step('start_flow', { flow: z.string().min(1) });
export const StopFlowStep = step('stop_flow', { flow: z.string().min(1) });
/** Posts the facts of the run to the organization's webhook endpoints as event `flow.webhook`, with this name. */
export const WebhookStep = step('webhook', {
  event: z.string().min(1).max(100),
  data: Attributes.optional(),
});
/** Ends the run. Messages that were due before it still go out; later ones are cancelled. */
export const ExitStep = step('exit', { reason: z.string().max(200).optional() });

export const Step = z.discriminatedUnion('type', [
  MessageStep,
  WaitStep,
  BranchStep,
  SplitStep,
  UpdateContactStep,
  StartFlowStep,
  StopFlowStep,
  WebhookStep,
  ExitStep,
]);
export type Step = z.infer<typeof Step>;
export type MessageStep = z.infer<typeof MessageStep>;
export type WaitStep = z.infer<typeof WaitStep>;

/**
 * Checked at every event of the contact; an event type, a condition over the facts, or both. `same_subject`: the event must
 * be about what the run is about (its booking, its course), not about another one.
 */
export const ExitRule = z
  .strictObject({
    name: z.string().min(1).max(100),
    event: EventType.optional(),
    same_subject: z.boolean().optional(),
    condition: Condition.optional(),
  })
  .refine(
    (rule) => !rule.same_subject || rule.event !== undefined,
    'same_subject is asked of an event: name it.',
  )
  .refine(
    (rule) => rule.event !== undefined || rule.condition !== undefined,
    'Give an event, a condition, or both.',
  );

/**
 * What follows a trigger. Steps run from the first down; a step without `next` leads to the one below it.
 * Messages do not hold a run up: their moments are computed ahead as far as they are known.
 */
export const FlowDefinition = z
  .strictObject({
    name: z.string().min(1).max(200),
    description: z.string().max(2000).optional(),
    trigger: Trigger,
    /** once per contact; once per contact and subject (default); or at every trigger. */
    reentry: z.enum(['once', 'once_per_subject', 'always']).default('once_per_subject'),
    zone: ZoneOf.default('contact'),
    /** Reaching a goal ends the run as completed. */
    goal: ExitRule.optional(),
    exits: z.array(ExitRule).max(20).default([]),
    /** Runs about a booking end when it is cancelled, unless this is false. */
    cancel_with_subject: z.boolean().default(true),
    steps: z.array(Step).min(1).max(200),
  })
  .meta({ id: 'FlowDefinition' });
export type FlowDefinition = z.infer<typeof FlowDefinition>;
/** As written by hand, before defaults are filled in. */
export type FlowDefinitionInput = z.input<typeof FlowDefinition>;
