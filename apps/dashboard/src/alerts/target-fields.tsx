'use client';
import { channels } from '@halyard/contracts/channels';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ChoiceField, Field } from '../components/field';
import { connectionsQuery } from '../data/queries';
import { endpointsQuery } from '../data/settings';
import type { RouteDraft } from './route-draft';

interface Props {
  draft: RouteDraft;
  issues: Readonly<Record<string, string>>;
  onChange: (changes: Partial<RouteDraft>) => void;
}

/** Where a route leads: an address on a channel, or a webhook. */
export function TargetFields({ draft, issues, onChange }: Props) {
  const t = useTranslations();
  const { data: connections } = useQuery(connectionsQuery);
  const { data: endpoints } = useQuery(endpointsQuery);
  const { way } = draft;
  const fitting = connections?.items.filter(({ channels }) => channels.some((one) => one === way)) ?? [];
  return (
    <>
      <ChoiceField
        label={t('alerts.route.way')}
        value={way}
        options={[
          ...channels.map((one) => [one, t(`channels.${one}`)] as const),
          ['endpoint', t('alerts.route.endpoint')],
        ]}
        onChange={({ target }) =>
          onChange({ way: target.value as RouteDraft['way'], connection_id: '', to: '' })
        }
      />
      {way === 'endpoint' ? (
        <ChoiceField
          label={t('alerts.route.endpoint')}
          hint={t('alerts.route.endpointHint')}
          value={draft.endpoint_id}
          error={issues['target.endpoint_id'] && t('alerts.route.noEndpoint')}
          options={[
            ['', t('alerts.route.choose')],
            ...(endpoints?.items ?? []).map(({ id, url }) => [id, url] as const),
          ]}
          onChange={({ target }) => onChange({ endpoint_id: target.value })}
        />
      ) : (
        <>
          <Field
            label={t('alerts.route.address')}
            hint={t(way === 'email' ? 'alerts.route.addressHint.email' : 'alerts.route.addressHint.other')}
            value={draft.to}
            error={issues['target.to'] && t('alerts.route.noAddress')}
            onChange={({ target }) => onChange({ to: target.value })}
          />
          <ChoiceField
            label={t('alerts.route.connection')}
            value={draft.connection_id}
            error={issues['target.connection_id']}
            options={[
              ['', t('alerts.route.anyConnection')],
              ...fitting.map(({ id, name }) => [id, name] as const),
            ]}
            onChange={({ target }) => onChange({ connection_id: target.value })}
          />
        </>
      )}
    </>
  );
}
