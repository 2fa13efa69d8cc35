import { z } from 'zod';
import { Condition } from '../conditions.js';
import { Attributes, Channel, Duration, LocalTime, MessageClass, TimeZone, Weekday } from '../primitives.js';
import { StepId, step } from './step-shape.js';
import { WorkflowStep } from './workflow-step.js';

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
  z
    .strictObject({
      type: z.literal('event'),
      event: EventType.describe('Its type, such as `booking.created`; `booking.*` for all of a kind.'),
      filter: Condition.optional().describe('Whom the event lets in; everybody when left out.'),
    })
    .describe('An event of this type lets its contact in.'),
  z
    .strictObject({
      type: z.literal('schedule'),
      cron: z.string().min(9).max(100).describe('Five fields, such as `0 9 * * 1` for Mondays at nine.'),
      zone: TimeZone.optional().describe('The organization’s, when left out.'),
      audience: Condition.describe('Whom it lets in at each of these times.'),
    })
    .describe('At each time of the cron expression, everybody who satisfies `audience` is let in.'),
  z.strictObject({ type: z.literal('api') }).describe('Started by `POST /flows/{id}/start`.'),
  z.strictObject({ type: z.literal('manual') }).describe('Started by a person.'),
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
  from: z
    .enum(['previous', 'start', 'anchor'])
    .default('previous')
    .describe(
      'What `offset` counts from: the moment of the message before (after a wait, its end), the run’s start, or `anchor`.',
    ),
  anchor: Anchor.optional().describe(
    'A date among the facts, such as `subject.starts_at`; for `from: anchor`.',
  ),
  offset: Duration.optional().describe('None when left out; only from an anchor it may be negative.'),
  at: LocalTime.optional().describe('Then moved to this local time of that day.'),
  weekdays: z
    .array(Weekday)
    .min(1)
    .optional()
    .describe('Then forward to the next of these weekdays, at the same local time.'),
  zone: ZoneOf.optional().describe('Whose local time counts; the flow’s `zone` when left out.'),
  if_past: z
    .enum(['skip', 'send_now'])
    .optional()
    .describe(
      'When that moment is over at planning: `skip` unless set for messages from an anchor, `send_now` for others.',
    ),
  expires_after: Duration.optional().describe('Not sent later than this after its moment.'),
});
export type Timing = z.infer<typeof Timing>;

export const MessageStep = step('message', {
  template: z
    .union([z.string().min(1), z.partialRecord(Channel, z.string().min(1))])
    .describe('Key of a template, or one for each channel.'),
  channels: z.array(Channel).min(1).describe('In the order they are tried.'),
  class: MessageClass.default('marketing').describe('Opt-outs, caps and send windows apply to marketing.'),
  topic: z
    .string()
    .min(1)
    .max(100)
    .default('*')
    .describe('What consent is asked for; `*`: no topic in particular.'),
  timing: Timing.optional().describe('When it is due; when left out, with the message or wait before it.'),
  condition: Condition.optional().describe(
    'Looked at when it is due; it is skipped when this does not hold.',
  ),
  variables: Attributes.optional().describe('More variables for the template.'),
});

/**
 * A wait is exactly one of these forms; local times are those of `zone`. A wait for a time of day that is just now lasts
 * until the next one; one for a date that is over already does not hold the run up.
 */
export const WaitStep = step('wait', {
  wait: z.discriminatedUnion('for', [
    z
      .strictObject({ for: z.literal('duration'), duration: Duration.describe('Above zero, such as `P1D`.') })
      .describe('For a while.'),
    z
      .strictObject({
        for: z.literal('time'),
        at: LocalTime,
        weekdays: z.array(Weekday).min(1).optional().describe('Any day, when left out.'),
        zone: ZoneOf.optional(),
      })
      .describe('Until the clocks next show this time.'),
    z
      .strictObject({
        for: z.literal('anchor'),
        anchor: Anchor.describe('A date among the facts, such as `subject.starts_at`.'),
        offset: Duration.optional().describe('So long after it; before it, when negative.'),
        at: LocalTime.optional().describe('Then moved to this local time of that day.'),
        zone: ZoneOf.optional(),
      })
      .describe('Until a date; one that is over holds nobody up.'),
    z.strictObject({
      for: z.literal('event'),
      event: EventType,
      filter: Condition.optional().describe('Over the facts, with this event in `event`.'),
      timeout: Duration.describe('How long it waits at most.'),
      on_timeout: StepId.nullable()
        .optional()
        .describe('Where to go when the event did not come in time; when left out, like when it came.'),
    }),
  ]),
});

export const BranchStep = step('branch', {
  branches: z
    .array(z.strictObject({ when: Condition, next: StepId.nullable() }))
    .min(1)
    .max(20)
    .describe('The first whose `when` holds says where to go; `next` of the step, where none does.'),
});

export const SplitStep = step('split', {
  arms: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        weight: z.number().int().min(0).max(1000).describe('Its share, against the sum of all.'),
        next: StepId.nullable(),
      }),
    )
    .min(2)
    .max(10)
    .describe('A contact always falls into the same one.'),
});

export const UpdateContactStep = step('update_contact', {
  set: Attributes.describe(
    'first_name, last_name, locale, time_zone, country, preferred_channel; any other name is an attribute.',
  ),
});
export const StartFlowStep = step('start_flow', { flow: z.string().min(1).describe('Its key, or its id.') });
export const StopFlowStep = step('stop_flow', { flow: z.string().min(1).describe('Its key, or its id.') });
/** Posts the facts of the run to the organization's webhook endpoints as event `flow.webhook`, with this name. */
export const WebhookStep = step('webhook', {
  event: z
    .string()
    .min(1)
    .max(100)
    .describe('The name that the event `flow.webhook` carries to the endpoints.'),
  data: Attributes.optional().describe('Goes with it.'),
});
/** Ends the run. Messages that were due before it still go out; later ones are cancelled. */
export const ExitStep = step('exit', {
  reason: z
    .string()
    .max(200)
    .optional()
    .describe('Why the run left, for whoever looks; the step’s id when left out.'),
});

export const Step = z.discriminatedUnion('type', [
  MessageStep,
  WaitStep,
  BranchStep,
  SplitStep,
  UpdateContactStep,
  StartFlowStep,
  StopFlowStep,
  WebhookStep,
  WorkflowStep,
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
    name: z.string().min(1).max(100).describe('What it is called in the run’s end.'),
    event: EventType.optional().describe(
      'Looked at when such an event comes; else each time the run goes on.',
    ),
    same_subject: z.boolean().optional(),
    condition: Condition.optional().describe('Over the facts, with that event in `event` if one is named.'),
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
    description: z.string().max(2000).optional().describe('For people.'),
    trigger: Trigger.describe('What lets a contact in.'),
    reentry: z
      .enum(['once', 'once_per_subject', 'always'])
      .default('once_per_subject')
      .describe('Once per contact, once per contact and subject, or at every trigger.'),
    zone: ZoneOf.default('contact').describe('Whose local time counts where a step names no other.'),
    goal: ExitRule.optional().describe(
      'Reaching it ends the run as completed; what is pending is cancelled.',
    ),
    exits: z
      .array(ExitRule)
      .max(20)
      .default([])
      .describe('Each ends the run as left; what is pending is cancelled.'),
    cancel_with_subject: z
      .boolean()
      .default(true)
      .describe('Whether a run about a booking or an enrollment ends when that is cancelled.'),
    steps: z
      .array(Step)
      .min(1)
      .max(200)
      .describe('They run from the first down, unless `next` leads elsewhere.'),
  })
  .meta({ id: 'FlowDefinition' });
export type FlowDefinition = z.infer<typeof FlowDefinition>;
/** As written by hand, before defaults are filled in. */
export type FlowDefinitionInput = z.input<typeof FlowDefinition>;
