import { z } from 'zod';
import { Instant } from '../primitives.js';

const Subject = z.object({ type: z.string(), id: z.string() });

/** A due message that a rule held back: until when, and what would have had to differ. */
const Held = z.object({
  at: Instant,
  rule: z.string(),
  reason: z.string(),
  until: Instant,
  needs: z.string(),
});

export const SimulatedMessage = z
  .object({
    /** Key of the flow. */
    flow: z.string(),
    step: z.string(),
    /** 1 for the run's first visit of the step. */
    occurrence: z.number().int(),
    subject: Subject.nullable(),
    class: z.string(),
    /** `scheduled`: the period ended before its moment. */
    status: z.string(),
    /** When it was sent or ended; when it would be, while it waits. */
    at: Instant,
    /** The same on the contact's clock, with its offset. */
    local: z.string(),
    planned_at: Instant,
    channel: z.string().nullable(),
    address: z.string().nullable(),
    reason: z.string().nullable(),
    needs: z.string().nullable(),
    held: z.array(Held),
    cost: z.object({ amount: z.number(), currency: z.string() }).nullable(),
    content: z
      .object({ subject: z.string().optional(), text: z.string(), html: z.string().optional() })
      .nullable(),
  })
  .meta({ id: 'SimulatedMessage' });

/** What one contact lives through, in the order of time. */
export const Simulated = z
  .object({
    contact_id: z.string(),
    name: z.string().nullable(),
    time_zone: z.string(),
    runs: z.array(
      z.object({
        flow: z.string(),
        subject: Subject.nullable(),
        /** Type of the event that started it. */
        event: z.string().nullable(),
        started_at: Instant,
        status: z.string(),
        end_reason: z.string().nullable(),
      }),
    ),
    messages: z.array(SimulatedMessage),
  })
  .meta({ id: 'SimulatedTimeline' });
export type Simulated = z.output<typeof Simulated>;

const Counts = z.record(z.string(), z.number().int());

export const SimulatedTotals = z
  .object({
    /** What was put in. */
    events: z.number().int(),
    contacts: z.number().int(),
    contacts_reached: z.number().int(),
    /** Runs by status at the end. */
    runs: Counts,
    /** Messages by status at the end. */
    messages: Counts,
    /** Sent messages per day of the organization's zone, and channel. */
    days: z.array(z.object({ day: z.string(), channel: z.string(), messages: z.number().int() })),
    /** Why messages were not sent at all. */
    not_sent: z.array(z.object({ status: z.string(), reason: z.string(), messages: z.number().int() })),
    /** Rules that held messages back, such as `hours` (quiet hours and send windows), `caps`, `rates`. */
    held: z.array(z.object({ rule: z.string(), times: z.number().int(), messages: z.number().int() })),
    /** Of messages whose connection has a price. */
    cost: z.array(z.object({ currency: z.string(), amount: z.number() })),
    /** Events and runs that could not be decided. */
    failures: z.number().int(),
  })
  .meta({ id: 'SimulatedTotals' });
export type SimulatedTotals = z.output<typeof SimulatedTotals>;

const Sending = z.object({ at: Instant, local: z.string(), channel: z.string() }).nullable();
const changes = { gained: z.number().int(), lost: z.number().int(), shifted: z.number().int() };

export const Difference = z
  .object({
    /** `shifted`: at another time, or on another channel. */
    change: z.enum(['gained', 'lost', 'shifted']),
    contact_id: z.string(),
    subject: Subject.nullable(),
    step: z.string(),
    before: Sending,
    after: Sending,
  })
  .meta({ id: 'SimulatedDifference' });
export type Difference = z.output<typeof Difference>;

/** What changes for whom; messages are matched by contact, subject and step id. */
export const Comparison = z
  .object({
    unchanged: z.number().int(),
    ...changes,
    steps: z.array(z.object({ step: z.string(), ...changes })),
    /** The first thousand. */
    differences: z.array(Difference),
  })
  .meta({ id: 'SimulatedComparison' });
export type Comparison = z.output<typeof Comparison>;

export const SimulationResult = z
  .object({
    from: Instant,
    until: Instant,
    /** What the result rests on and cannot know. */
    assumptions: z.array(z.object({ about: z.string(), text: z.string() })),
    totals: SimulatedTotals,
    /** As many as were asked for, those with messages first. */
    timelines: z.array(Simulated),
    /** The first failures, with what went wrong. */
    failures: z.array(z.object({ contact_id: z.string().nullable(), at: Instant, error: z.string() })),
    /** When two definitions were given: the same for `compare_with`, and what its messages lose and gain. */
    compared: z.object({ totals: SimulatedTotals, comparison: Comparison }).nullable(),
  })
  .meta({ id: 'SimulationResult' });
export type SimulationResult = z.output<typeof SimulationResult>;
