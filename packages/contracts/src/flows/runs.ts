import { z } from 'zod';
import { NamedContact } from '../contacts/reference.js';
import { IdParams, Instant, PageQuery, pageOf } from '../primitives.js';
import { route } from '../route.js';

const Subject = z.strictObject({ type: z.string().min(1).max(50), id: z.string().min(1).max(200) });

/** `subject`: what the runs are about, such as a booking. `again`: even those whom the re-entry rule would keep out. */
export const StartFlow = z
  .strictObject({
    contact_ids: z.array(z.uuid()).min(1).max(1000),
    subject: Subject.optional(),
    again: z.boolean().default(false),
  })
  .meta({ id: 'StartFlow' });
export type StartFlow = z.output<typeof StartFlow>;

/** Whose runs end: those of these contacts, those about this subject, or (neither given, `all`) every one. */
export const StopFlow = z
  .strictObject({
    contact_ids: z.array(z.uuid()).min(1).max(1000).optional(),
    subject: Subject.optional(),
    all: z.literal(true).optional(),
    reason: z.string().min(1).max(200).optional(),
  })
  .refine(({ contact_ids, subject, all }) => Boolean(contact_ids || subject || all), {
    error: 'Name contact_ids or a subject, or say all: true to stop every run.',
  })
  .meta({ id: 'StopFlow' });
export type StopFlow = z.output<typeof StopFlow>;

export const RunStatus = z.enum(['active', 'completed', 'exited', 'cancelled', 'failed']);

export const FlowRun = z
  .object({
    id: z.uuid(),
    contact_id: z.uuid(),
    subject: Subject.nullable(),
    version: z.number().int(),
    status: RunStatus,
    end_reason: z.string().nullable(),
    /** The step it stands at; null when it is past the last. */
    step: z.string().nullable(),
    waiting_for: z.array(z.string()),
    wake_at: Instant.nullable(),
    started_at: Instant,
    ended_at: Instant.nullable(),
    last_error: z.string().nullable(),
  })
  .meta({ id: 'FlowRun' });
export type FlowRun = z.output<typeof FlowRun>;

export const ContactRun = FlowRun.extend({ flow: z.object({ id: z.uuid(), name: z.string() }) }).meta({
  id: 'ContactRun',
});
export type ContactRun = z.output<typeof ContactRun>;

/** A run with whom it is about; `contact`: null once erased. */
export const ListedRun = FlowRun.extend({ contact: NamedContact.nullable() }).meta({ id: 'ListedRun' });
export type ListedRun = z.output<typeof ListedRun>;

export const RunQuery = PageQuery.extend({ status: RunStatus.optional(), contact_id: z.uuid().optional() });
export type RunQuery = z.output<typeof RunQuery>;

/** What stands at the steps of a flow now; of the first 10,000 runs and the first 10,000 messages. */
export const StandingAtSteps = z
  .object({
    items: z.array(
      z.object({
        step: z.string(),
        /** Active runs that stand there. */
        runs: z.number().int(),
        /** Messages of it that are planned. */
        planned_messages: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'StandingAtSteps' });
export type StandingAtSteps = z.output<typeof StandingAtSteps>;

const tag = 'Flows';
const reads = { role: 'viewer', scope: 'flows:read' } as const;
const writes = { role: 'editor', scope: 'flows:write' } as const;
const requested = z.object({ requested: z.number().int() });

export const runRoutes = {
  start: route({
    id: 'startFlow',
    method: 'POST',
    path: '/flows/:id/start',
    tag,
    summary: 'Start a flow for contacts',
    access: writes,
    params: IdParams,
    body: StartFlow,
    response: requested,
    status: 202,
    errors: ['invalid_state'],
    idempotent: true,
  }),
  stop: route({
    id: 'stopFlow',
    method: 'POST',
    path: '/flows/:id/stop',
    tag,
    summary: 'End runs of a flow; what they had pending is cancelled',
    access: writes,
    params: IdParams,
    body: StopFlow,
    response: requested,
    status: 202,
    idempotent: true,
  }),
  list: route({
    id: 'listFlowRuns',
    method: 'GET',
    path: '/flows/:id/runs',
    tag,
    summary: 'List the runs of a flow, newest first',
    access: reads,
    params: IdParams,
    query: RunQuery,
    response: pageOf(ListedRun),
  }),
  standing: route({
    id: 'readFlowSteps',
    method: 'GET',
    path: '/flows/:id/steps',
    tag,
    summary: 'Count what stands at each step of a flow now: runs, and messages that are planned',
    access: reads,
    params: IdParams,
    response: StandingAtSteps,
  }),
  ofContact: route({
    id: 'listContactRuns',
    method: 'GET',
    path: '/contacts/:id/runs',
    tag,
    summary: 'List the runs of a contact in all flows, newest first',
    access: reads,
    params: IdParams,
    query: PageQuery,
    response: pageOf(ContactRun),
  }),
};
