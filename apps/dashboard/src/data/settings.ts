import type { Schema } from '@halyard/client/client';
import type { OrganizationPolicy } from '@halyard/contracts/organizations/policy';
import { queryOptions } from '@tanstack/react-query';
import { halyard } from './halyard';
import { pagesQuery } from './pages';
import { answerOf } from './problem';

export type ApiKey = Schema<'ApiKey'>;
export type Endpoint = Schema<'Endpoint'>;
export type InboundHook = Schema<'InboundHook'>;
export type OutreachSource = Schema<'OutreachSource'>;
export type SourceLook = Schema<'OutreachSourceLook'>;
export type Delivery = Schema<'Delivery'>;
export type Member = Schema<'Member'>;
export type Invitation = Schema<'Invitation'>;
export type Topic = Schema<'Topic'>;
export type Suppression = Schema<'Suppression'>;
export type AuditRecord = Schema<'AuditRecord'>;
export type Session = Schema<'Session'>;

/** The OpenAPI document cannot name the channels of records that need not have all: the contract can. */
export type Policy = OrganizationPolicy;

export const lookQuery = queryOptions({
  queryKey: ['organization-look'],
  queryFn: () => answerOf(halyard.GET('/organization/look')),
});

export const policyQuery = queryOptions({
  queryKey: ['policy'],
  queryFn: async () => (await answerOf(halyard.GET('/organization/policy'))) as Policy,
});

export const topicsQuery = queryOptions({
  queryKey: ['topics'],
  queryFn: () => answerOf(halyard.GET('/topics')),
});

export const domainQuery = (id: string) =>
  queryOptions({
    queryKey: ['sender-domain', id],
    queryFn: () => answerOf(halyard.GET('/connections/{id}/domain', { params: { path: { id } } })),
  });

export const apiKeysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: () => answerOf(halyard.GET('/api-keys')),
});

export const tenantsQuery = queryOptions({
  queryKey: ['outreach-tenants'],
  queryFn: () => answerOf(halyard.GET('/outreach/tenants')),
});

export const membersQuery = queryOptions({
  queryKey: ['members'],
  queryFn: () => answerOf(halyard.GET('/users')),
});

export const invitationsQuery = queryOptions({
  queryKey: ['invitations'],
  queryFn: () => answerOf(halyard.GET('/invitations')),
});

export const myInvitationsQuery = queryOptions({
  queryKey: ['invitations', 'mine'],
  queryFn: () => answerOf(halyard.GET('/users/me/invitations')),
});

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: () => answerOf(halyard.GET('/auth/sessions')),
});

export const inboundHooksQuery = queryOptions({
  queryKey: ['inbound-hooks'],
  queryFn: () => answerOf(halyard.GET('/inbound-hooks', { params: { query: { limit: 100 } } })),
});

/** Nothing live tells of polls. */
export const sourcesQuery = queryOptions({
  queryKey: ['outreach-sources'],
  queryFn: () => answerOf(halyard.GET('/outreach/sources', { params: { query: { limit: 100 } } })),
  refetchInterval: 10_000,
});

export const endpointsQuery = queryOptions({
  queryKey: ['endpoints'],
  queryFn: () => answerOf(halyard.GET('/endpoints', { params: { query: { limit: 200 } } })),
});

export const deliveriesQuery = (id: string, status: Delivery['status'] | '') =>
  pagesQuery(['deliveries', id, status], (at) =>
    answerOf(
      halyard.GET('/endpoints/{id}/deliveries', {
        params: { path: { id }, query: { ...at, limit: 25, ...(status && { status }) } },
      }),
    ),
  );

export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: ['deliveries', 'one', id],
    queryFn: () => answerOf(halyard.GET('/deliveries/{id}', { params: { path: { id } } })),
  });

export interface AuditFilter {
  action: string;
  actor_id: string;
  target_type: string;
  target_id: string;
}

export const auditQuery = (filter: AuditFilter) =>
  pagesQuery(['audit', filter], (at) =>
    answerOf(halyard.GET('/audit', { params: { query: { ...given(filter), ...at, limit: 50 } } })),
  );

export interface SuppressionFilter {
  channel: Suppression['channel'] | '';
  reason: Suppression['reason'] | '';
  address: string;
}

export const suppressionsQuery = (filter: SuppressionFilter) =>
  pagesQuery(['suppressions', filter], (at) =>
    answerOf(halyard.GET('/suppressions', { params: { query: { ...given(filter), ...at, limit: 50 } } })),
  );

/** What of a filter is set; '' stands for all. */
function given<T extends object>(filter: T): { [Name in keyof T]?: Exclude<T[Name], ''> } {
  const entries = Object.entries(filter).filter(([, value]) => value !== '');
  return Object.fromEntries(entries) as { [Name in keyof T]?: Exclude<T[Name], ''> };
}
