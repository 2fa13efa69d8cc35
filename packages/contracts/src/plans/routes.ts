import { z } from 'zod';
import { Channel, IdParams, Instant, MessageClass } from '../primitives.js';
import { route } from '../route.js';

/** One message of a plan: what a flow means to say, when, and what became of it. */
export const PlannedItem = z
  .object({
    message_id: z.uuid(),
    flow: z.object({ id: z.uuid(), key: z.string(), name: z.string(), version: z.number().int() }).nullable(),
    step: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
    /** What the step counts its moment from, as the flow has it; without an anchor it is a moment of the run. */
    timing: z
      .object({ anchor: z.string().nullable(), offset: z.string().nullable(), at: z.string().nullable() })
      .nullable(),
    source: z.string(),
    channels: z.array(Channel),
    /** The channel that it went out on. */
    channel: Channel.nullable(),
    class: MessageClass,
    /** Key of the template, or one per channel. */
    template: z.union([z.string(), z.partialRecord(Channel, z.string())]).nullable(),
    planned_at: Instant,
    /** The same moment on the clock of `time_zone`, such as 2026-05-01T09:00:00+02:00. */
    local_time: z.string(),
    time_zone: z.string(),
    /** When it is tried next: later than planned when it was deferred. */
    due_at: Instant,
    expires_at: Instant.nullable(),
    status: z.string(),
    /** Why it was skipped, cancelled or failed. */
    reason: z.string().nullable(),
    /** Its moment was changed after it was first planned. */
    moved: z.boolean(),
    sent_at: Instant.nullable(),
    delivered_at: Instant.nullable(),
  })
  .meta({ id: 'PlannedItem' });
export type PlannedItem = z.output<typeof PlannedItem>;

export const Plan = z
  .object({
    items: z.array(PlannedItem),
    /** Events that are recorded but not yet decided: while there are any, the plan may still change. */
    pending_events: z.number().int(),
  })
  .meta({ id: 'Plan' });
export type Plan = z.output<typeof Plan>;

const tag = 'Plans';

export const planRoutes = {
  ofBooking: route({
    id: 'readBookingPlan',
    method: 'GET',
    path: '/bookings/:id/plan',
    tag,
    summary: 'Every message planned for a booking, with its time and state',
    access: { role: 'viewer', scope: 'bookings:read' },
    params: IdParams,
    response: Plan,
  }),
  ofEnrollment: route({
    id: 'readEnrollmentPlan',
    method: 'GET',
    path: '/enrollments/:id/plan',
    tag,
    summary: 'Every message planned for an enrollment, with its time and state',
    access: { role: 'viewer', scope: 'academy:read' },
    params: IdParams,
    response: Plan,
  }),
  ofContact: route({
    id: 'readContactPlan',
    method: 'GET',
    path: '/contacts/:id/plan',
    tag,
    summary: 'The messages planned for a contact, earliest first, 500 at most',
    access: { role: 'viewer', scope: 'contacts:read' },
    params: IdParams,
    response: Plan,
  }),
};
