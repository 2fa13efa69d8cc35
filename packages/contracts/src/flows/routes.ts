import { z } from 'zod';
import { IdParams, Instant, PageQuery, pageOf } from '../primitives.js';
import { noContent, route } from '../route.js';
import { FlowCheck, FlowFinding } from './check.js';
import { FlowDefinition } from './definition.js';

const Key = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,99}$/,
    'Use a key such as welcome-series: lower-case letters, digits, . _ -',
  );

/** draft: never published. live: takes new contacts. paused: takes none. archived: paused, and hidden from lists. */
export const FlowStatus = z.enum(['draft', 'live', 'paused', 'archived']);
export type FlowStatus = z.infer<typeof FlowStatus>;

/** A version and its share of new contacts; a version without share still moves the runs that it has. */
const Share = z.object({ version: z.number().int(), weight: z.number().int() });

export const FlowSummary = z
  .object({
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
    /** For schedules: when contacts are admitted next. */
    next_tick_at: Instant.nullable(),
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: 'FlowSummary' });
export type FlowSummary = z.output<typeof FlowSummary>;

/** `draft` is what is being worked on; null when everything is published. */
export const Flow = FlowSummary.extend({ draft: FlowDefinition.nullable() }).meta({ id: 'Flow' });
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

const Weight = z.number().int().min(0).max(100);

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

const VersionParams = IdParams.extend({ number: z.coerce.number().int().min(1) });
const number = z.coerce.number().int().min(1);

const tag = 'Flows';
const reads = { role: 'viewer', scope: 'flows:read' } as const;
const writes = { role: 'editor', scope: 'flows:write' } as const;

export const flowRoutes = {
  list: route({
    id: 'listFlows',
    method: 'GET',
    path: '/flows',
    tag,
    summary: 'List flows',
    description: 'Archived flows only when asked for by status.',
    access: reads,
    query: FlowQuery,
    response: pageOf(FlowSummary),
  }),
  create: route({
    id: 'createFlow',
    method: 'POST',
    path: '/flows',
    tag,
    summary: 'Create a flow as a draft',
    access: writes,
    body: FlowInput,
    response: Flow,
    status: 201,
    errors: ['conflict'],
    idempotent: true,
  }),
  read: route({
    id: 'readFlow',
    method: 'GET',
    path: '/flows/:id',
    tag,
    summary: 'Read a flow with its draft',
    access: reads,
    params: IdParams,
    response: Flow,
  }),
  update: route({
    id: 'updateFlow',
    method: 'PATCH',
    path: '/flows/:id',
    tag,
    summary: 'Change the draft of a flow, or its key',
    description: 'Published versions and their runs are not touched: publish the draft for that.',
    access: writes,
    params: IdParams,
    body: FlowPatch,
    response: Flow,
    errors: ['conflict'],
  }),
  remove: route({
    id: 'removeFlow',
    method: 'DELETE',
    path: '/flows/:id',
    tag,
    summary: 'Remove a flow that was never published',
    access: writes,
    params: IdParams,
    response: noContent,
    status: 204,
    errors: ['invalid_state'],
  }),
  check: route({
    id: 'checkFlow',
    method: 'POST',
    path: '/flows/:id/check',
    tag,
    summary: 'Say what is wrong with the draft',
    description:
      'Errors keep it from being published, warnings do not. With each a counterexample: a case in which it happens.',
    access: reads,
    params: IdParams,
    response: FlowCheck,
  }),
  checkDefinition: route({
    id: 'checkFlowDefinition',
    method: 'POST',
    path: '/flows/check',
    tag,
    summary: 'Say what is wrong with a definition, without storing it',
    description:
      'Against the templates, flows and policy of the organization. `key`: of the flow it would be.',
    access: reads,
    body: FlowInput,
    response: FlowCheck,
  }),
  publish: route({
    id: 'publishFlow',
    method: 'POST',
    path: '/flows/:id/publish',
    tag,
    summary: 'Publish the draft as the next version',
    description:
      'It takes `weight` percent of new contacts, the other live versions share the rest as before. Runs under way stay on their version. Refused when it has errors; warnings come with the answer.',
    access: writes,
    params: IdParams,
    body: z.strictObject({ weight: Weight.default(100) }),
    response: PublishedFlow,
    errors: ['invalid_definition', 'invalid_state'],
    idempotent: true,
  }),
  versions: route({
    id: 'listFlowVersions',
    method: 'GET',
    path: '/flows/:id/versions',
    tag,
    summary: 'List the versions of a flow, newest first',
    access: reads,
    params: IdParams,
    response: z.object({ items: z.array(FlowVersionSummary) }),
  }),
  version: route({
    id: 'readFlowVersion',
    method: 'GET',
    path: '/flows/:id/versions/:number',
    tag,
    summary: 'Read one version of a flow',
    access: reads,
    params: VersionParams,
    response: FlowVersion,
  }),
  diff: route({
    id: 'diffFlowVersions',
    method: 'GET',
    path: '/flows/:id/diff',
    tag,
    summary: 'Compare two versions of a flow, or a version with the draft',
    description: 'Without `to`: what publishing the draft would change.',
    access: reads,
    params: IdParams,
    query: z.object({ from: number, to: number.optional() }),
    response: z.object({ changes: z.array(FlowChange) }),
  }),
  weigh: route({
    id: 'weighFlowVersions',
    method: 'PUT',
    path: '/flows/:id/weights',
    tag,
    summary: 'Share new contacts among versions',
    access: writes,
    params: IdParams,
    body: Weights,
    response: Flow,
    errors: ['invalid_state'],
  }),
  rollback: route({
    id: 'rollBackFlow',
    method: 'POST',
    path: '/flows/:id/rollback',
    tag,
    summary: 'Give all new contacts to an older version',
    access: writes,
    params: IdParams,
    body: z.strictObject({ version: z.number().int().min(1) }),
    response: Flow,
    errors: ['invalid_state'],
  }),
  pause: route({
    id: 'pauseFlow',
    method: 'POST',
    path: '/flows/:id/pause',
    tag,
    summary: 'Take no new contacts; runs under way go on',
    access: writes,
    params: IdParams,
    response: Flow,
    errors: ['invalid_state'],
  }),
  resume: route({
    id: 'resumeFlow',
    method: 'POST',
    path: '/flows/:id/resume',
    tag,
    summary: 'Take new contacts again',
    access: writes,
    params: IdParams,
    response: Flow,
    errors: ['invalid_state'],
  }),
  archive: route({
    id: 'archiveFlow',
    method: 'POST',
    path: '/flows/:id/archive',
    tag,
    summary: 'Take no new contacts and hide the flow from lists; runs under way go on',
    access: writes,
    params: IdParams,
    response: Flow,
  }),
};
