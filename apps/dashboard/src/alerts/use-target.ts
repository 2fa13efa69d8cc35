import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { AlertRoute } from '../data/alerts';
import { connectionsQuery } from '../data/queries';
import { endpointsQuery } from '../data/settings';
import { useMay } from '../shell/use-may';

/** Where a route leads, in words: "Email to ops@example.com", "Slack, by Team", "Webhook https://…". */
export function useTarget(): (target: AlertRoute['target']) => string {
  const t = useTranslations();
  const { data: connections } = useQuery(connectionsQuery);
  const { data: endpoints } = useQuery({ ...endpointsQuery, enabled: useMay()('editor') });
  return (target) => {
    if (target.type === 'endpoint') {
      const url = endpoints?.items.find(({ id }) => id === target.endpoint_id)?.url ?? '';
      return t('alerts.route.toEndpoint', { url });
    }
    const channel = t(`channels.${target.channel}`);
    const to = target.to ? t('alerts.route.to', { channel, to: target.to }) : channel;
    const by = connections?.items.find(({ id }) => id === target.connection_id)?.name;
    return by ? t('alerts.route.toBy', { to, by }) : to;
  };
}
