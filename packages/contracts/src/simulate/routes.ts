import { z } from 'zod';
import { Percent } from '../academy/enrollment.js';
import { FlowDefinition } from '../flows/definition.js';
import { Attributes, Channel, Duration, Instant, Locale, TimeZone } from '../primitives.js';
import { route } from '../route.js';
import { SimulationResult } from './result.js';

/**
 * What is simulated: a definition as it is; or a flow: the versions that are live with their shares, one version by its
 * number, or its draft. With both, the definition stands in the flow's place.
 */
export const SimulatedFlow = z
  .strictObject({
    flow_id: z.uuid().optional(),
    version: z.union([z.literal('live'), z.literal('draft'), z.number().int().min(1)]).default('live'),
    definition: FlowDefinition.optional(),
  })
  .refine(({ flow_id, definition }) => flow_id !== undefined || definition !== undefined, {
    error: 'Give a definition or a flow_id.',
  })
  .meta({ id: 'SimulatedFlow' });
export type SimulatedFlow = z.output<typeof SimulatedFlow>;

const Name = z.string().min(1).max(200);

/** Somebody invented. `key` is how the events name them. */
export const InventedContact = z
  .strictObject({
    key: Name,
    first_name: z.string().max(200).optional(),
    last_name: z.string().max(200).optional(),
    email: z.email().optional(),
    phone: z.string().max(50).optional(),
    locale: Locale.optional(),
    time_zone: TimeZone.optional(),
    country: z.string().length(2).optional(),
    preferred_channel: Channel.optional(),
    attributes: Attributes.default({}),
    /** Channels on which they allow marketing; `*` for all. */
    consents: z.array(z.union([Channel, z.literal('*')])).default(['*']),
  })
  .meta({ id: 'InventedContact' });
export type InventedContact = z.output<typeof InventedContact>;

/** Of booking.* events: `booking.created` needs the dates (or a product that has them), the others what they change. */
const GivenBooking = z.strictObject({
  /** Any name, or the id of a booking that is there. */
  id: Name,
  product_key: z.string().max(200).optional(),
  starts_at: Instant.optional(),
  ends_at: Instant.optional(),
  time_zone: TimeZone.optional(),
  attributes: Attributes.default({}),
});

/** Of enrollment.* events: `enrollment.created` needs the course, the others what they tell. */
const GivenEnrollment = z.strictObject({
  /** Any name, or the id of an enrollment that is there. */
  id: Name,
  course_id: z.uuid().optional(),
  completed_percent: Percent.optional(),
  next_lesson_id: z.uuid().nullable().optional(),
  completed_lesson_id: z.uuid().optional(),
  attributes: Attributes.default({}),
});

export const GivenEvent = z
  .strictObject({
    at: Instant,
    type: z
      .string()
      .max(100)
      .regex(/^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$/, 'Name an event in lower case, such as user.login.'),
    /** Key of an invented contact, or the id of a contact that is there. */
    contact: Name,
    subject: z.strictObject({ type: z.string().min(1).max(50), id: Name }).optional(),
    payload: Attributes.default({}),
    booking: GivenBooking.optional(),
    enrollment: GivenEnrollment.optional(),
  })
  .refine(({ type, booking }) => type.startsWith('booking.') === (booking !== undefined), {
    error: 'A booking.* event says which `booking` it is about, and what it changes; no other event has one.',
    path: ['booking'],
  })
  .refine(({ type, enrollment }) => type.startsWith('enrollment.') === (enrollment !== undefined), {
    error:
      'An enrollment.* event says which `enrollment` it is about, and what it tells; no other event has one.',
    path: ['enrollment'],
  })
  .meta({ id: 'GivenEvent' });
export type GivenEvent = z.output<typeof GivenEvent>;

/** `after`: how long after the call. */
const AssumedWorkflow = z
  .strictObject({
    step: z.string().min(1).max(63),
    answer: z.record(z.string().min(1).max(100), z.json()).optional(),
    error: z.string().min(1).max(1000).optional(),
    after: Duration.default('PT0S'),
  })
  .refine(({ answer, error }) => (answer === undefined) !== (error === undefined), {
    error: 'Give either an answer, which may be empty, or an error.',
  })
  .meta({ id: 'AssumedWorkflow' });
export type AssumedWorkflow = z.output<typeof AssumedWorkflow>;

const Rate = z.number().min(0).max(1);

/** `events`: what is to happen. `period`: what the organization has on record between these moments. */
export const SimulationInput = z
  .strictObject({
    flow: SimulatedFlow,
    compare_with: SimulatedFlow.optional(),
    events: z.array(GivenEvent).min(1).max(10_000).optional(),
    contacts: z.array(InventedContact).max(1_000).default([]),
    period: z.strictObject({ from: Instant, until: Instant }).optional(),
    /** Only this contact. */
    contact_id: z.uuid().optional(),
    /** The clock goes on until here; thirty days after the last event, when left out. */
    until: Instant.optional(),
    /** The organization's other live flows run, too: they start one another, and share the caps. */
    with_live_flows: z.boolean().default(false),
    /** Shares of all messages that arrive, are opened, are clicked: what cannot be known. */
    rates: z
      .strictObject({ delivered: Rate.default(1), opened: Rate.default(0), clicked: Rate.default(0) })
      .refine(({ opened, clicked }) => clicked <= opened, {
        error: 'Nobody clicks without opening: clicked is at most opened.',
        path: ['clicked'],
      })
      .default({ delivered: 1, opened: 0, clicked: 0 }),
    /** What workflows are taken to answer, by the step that calls them; one that is not named never answers. */
    workflows: z.array(AssumedWorkflow).max(200).default([]),
    /** Say what each message of the timelines says. */
    render: z.boolean().default(false),
    /** How many contacts to tell of in full. */
    timelines: z.number().int().min(0).max(1_000).default(20),
  })
  .refine(({ events, period }) => (events === undefined) !== (period === undefined), {
    error: 'Give either events or a period.',
  })
  .refine(({ contacts, period }) => !period || contacts.length === 0, {
    error: 'A recorded period has its own contacts: invented ones go with events.',
    path: ['contacts'],
  })
  .refine(({ period }) => !period || Date.parse(period.from) < Date.parse(period.until), {
    error: 'A period begins before it ends.',
    path: ['period', 'until'],
  })
  .meta({ id: 'SimulationInput' });
export type SimulationInput = z.output<typeof SimulationInput>;

const common = {
  method: 'POST',
  tag: 'Flows',
  access: { role: 'viewer', scope: 'flows:read' },
  body: SimulationInput,
} as const;

export const simulateRoutes = {
  simulate: route({
    ...common,
    id: 'simulateFlow',
    path: '/flows/simulate',
    summary: 'Try a flow against given or recorded events, under a virtual clock',
    description:
      'Decides by the very rules of production and sends nothing. The answer says what it assumes about what nobody can know.',
    response: SimulationResult,
  }),
  stream: route({
    ...common,
    id: 'streamSimulation',
    path: '/flows/simulate/stream',
    summary: 'The same with progress, as NDJSON',
    description:
      'Lines {"progress":{"events":…,"of":…,"at":…}} while it runs; the last line is {"result":…} or {"problem":…}.',
    response: z.unknown(),
    responseType: 'application/x-ndjson',
  }),
};
