'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { connectionsQuery, meQuery, organizationQuery } from '../data/queries';
import {
  apiKeysQuery,
  auditQuery,
  endpointsQuery,
  inboundHooksQuery,
  invitationsQuery,
  membersQuery,
  policyQuery,
  sourcesQuery,
  suppressionsQuery,
  topicsQuery,
} from '../data/settings';
import { useTimes } from '../i18n/times';
import { useMay } from '../shell/use-may';
import { isBroken, sendsMail } from './connections/states';
import type { Part } from './parts';

/** How each part stands, in a sentence; undefined while it is not known. */
export function useStanding(): Record<Part, string | undefined> {
  const t = useTranslations('settings.standing.twoFactor');
  const { data: me } = useQuery(meQuery);
  return {
    ...useSending(),
    ...useOrganization(),
    profile: me && t(me.two_factor ? 'on' : 'off'),
  };
}

function useSending() {
  const t = useTranslations('settings.standing');
  const connections = useQuery(connectionsQuery).data?.items;
  const { data: organization } = useQuery(organizationQuery);
  const { data: policy } = useQuery(policyQuery);
  const topics = useQuery(topicsQuery).data?.items;
  const refused = useInfiniteQuery(suppressionsQuery({ channel: '', reason: '', address: '' })).data
    ?.pages[0];
  const broken = connections?.filter(isBroken).length ?? 0;
  return {
    connections:
      connections && t(broken ? 'connectionsBroken' : 'connections', { count: connections.length, broken }),
    domains: connections && t('domains', { count: connections.filter(sendsMail).length }),
    sending:
      organization && policy && t('sending', { zone: organization.time_zone, caps: policy.caps.length }),
    topics: topics && t('topics', { count: topics.length }),
    suppressions:
      refused &&
      t(refused.next_cursor ? 'suppressionsMany' : 'suppressions', { count: refused.items.length }),
  };
}

function useOrganization() {
  const t = useTranslations('settings');
  const times = useTimes();
  const may = useMay();
  const enabled = may('admin');
  const members = useQuery({ ...membersQuery, enabled }).data?.items;
  const invitations = useQuery({ ...invitationsQuery, enabled }).data?.items;
  const keys = useQuery({ ...apiKeysQuery, enabled }).data?.items;
  const [last] =
    useInfiniteQuery({ ...auditQuery({ action: '', actor_id: '', target_type: '', target_id: '' }), enabled })
      .data?.pages[0]?.items ?? [];
  const endpoints = useQuery({ ...endpointsQuery, enabled: may('editor') }).data?.items;
  const hooks = useQuery({ ...inboundHooksQuery, enabled }).data?.items;
  const sources = useQuery(sourcesQuery).data?.items;
  const disabled = endpoints?.filter(({ status }) => status === 'disabled').length ?? 0;
  const ifAdmin = (sentence: string | undefined) =>
    enabled || !may('viewer') ? sentence : t('onlyFor.admin');
  return {
    members: ifAdmin(
      members && invitations && t('standing.members', { count: members.length, open: invitations.length }),
    ),
    apiKeys: ifAdmin(keys && t('standing.apiKeys', { count: keys.length })),
    webhooks: may('editor')
      ? endpoints && t('standing.webhooks', { count: endpoints.length, disabled })
      : t('onlyFor.editor'),
    inboundHooks: ifAdmin(hooks && t('standing.inboundHooks', { count: hooks.length })),
    sources:
      sources &&
      t('standing.sources', {
        count: sources.length,
        broken: sources.filter(({ error }) => error !== null).length,
      }),
    audit: ifAdmin(last && t('standing.audit', { ago: times.relative(last.at) })),
  };
}
