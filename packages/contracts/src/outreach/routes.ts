import { z } from 'zod';
import { IdParams, Instant, PageQuery, pageOf } from '../primitives.js';
import { noContent, route } from '../route.js';
import { OutreachItem, OutreachReceipt, OutreachResult, OutreachState } from './item.js';

export const OutreachQuery = PageQuery.extend({
  sequence_id: z.uuid().optional(),
  contact_id: z.uuid().optional(),
});
export type OutreachQuery = z.output<typeof OutreachQuery>;

/** A tenant of the calling service whose items are taken for this organization. */
export const OutreachTenant = z
  .object({ tenant_id: z.uuid(), created_at: Instant })
  .meta({ id: 'OutreachTenant' });
export type OutreachTenant = z.output<typeof OutreachTenant>;

const tag = 'Outreach';
const access = { role: 'editor', scope: 'outreach:write' } as const;
const readable = { role: 'viewer', scope: 'outreach:read' } as const;
const administered = { role: 'admin', scope: 'outreach:write' } as const;

export const outreachRoutes = {
  push: route({
    id: 'pushOutreachItem',
    method: 'POST',
    path: '/outreach/items',
    tag,
    summary: 'Push an outreach item',
    description:
      'tenant_id is the id of the organization, or a tenant that was mapped to it. Rules of sending (opt-outs, quiet hours, limits) are applied when it is due. Step n + 1 of a sequence goes to its target after step n was sent and not before its own schedule_at; when step n was skipped, failed or bounced, the steps behind it are cancelled.',
    access,
    body: OutreachItem,
    response: OutreachReceipt,
    status: 202,
    errors: ['idempotency_conflict'],
    idempotent: true,
  }),
  pushBatch: route({
    id: 'pushOutreachItems',
    method: 'POST',
    path: '/outreach/items/batch',
    tag,
    summary: 'Push up to 1,000 outreach items',
    description:
      'Each item is accepted or rejected by itself; the results are in the order given. A rejected one waits in quarantine as a review item until it is mended there or sent again.',
    access,
    // Parsed one by one, so that one broken item does not cost the others.
    body: z.strictObject({ items: z.array(z.unknown()).min(1).max(1000) }),
    response: z.object({ results: z.array(OutreachResult) }),
    idempotent: true,
  }),
  list: route({
    id: 'listOutreachItems',
    method: 'GET',
    path: '/outreach/items',
    tag,
    summary: 'List outreach items, newest first; of one sequence: by step',
    access: readable,
    query: OutreachQuery,
    response: pageOf(OutreachState),
  }),
  read: route({
    id: 'readOutreachItem',
    method: 'GET',
    path: '/outreach/items/:id',
    tag,
    summary: 'Read what became of an outreach item',
    access: readable,
    params: IdParams,
    response: OutreachState,
  }),
  tenants: route({
    id: 'listOutreachTenants',
    method: 'GET',
    path: '/outreach/tenants',
    tag,
    summary: 'List the tenants mapped to this organization',
    access: readable,
    response: z.object({ items: z.array(OutreachTenant) }),
  }),
  mapTenant: route({
    id: 'mapOutreachTenant',
    method: 'PUT',
    path: '/outreach/tenants/:id',
    tag,
    summary: 'Take the items of a tenant of the calling service for this organization',
    access: administered,
    params: IdParams,
    response: OutreachTenant,
  }),
  unmapTenant: route({
    id: 'unmapOutreachTenant',
    method: 'DELETE',
    path: '/outreach/tenants/:id',
    tag,
    summary: 'Refuse the items of a tenant from now on',
    access: administered,
    params: IdParams,
    response: noContent,
    status: 204,
  }),
};
