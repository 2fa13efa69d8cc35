'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { PageHead } from '../components/page-head';
import { Tabs } from '../components/tabs';
import { alertCountsQuery } from '../data/alerts';
import { useTimes } from '../i18n/times';
import { useAddress } from '../i18n/use-address';
import { FailuresPart } from './failures-part';
import { OpenAlerts } from './open-alerts';
import { RoutesPart } from './routes-part';
import { RulesPart } from './rules-part';

const parts = ['alerts', 'failures', 'rules', 'routes'] as const;
type Part = (typeof parts)[number];

const shown: Record<Part, React.ComponentType> = {
  alerts: OpenAlerts,
  failures: FailuresPart,
  rules: RulesPart,
  routes: RoutesPart,
};

/** What is wrong and who was told, what other services report, what is watched, and where people are told. */
export function AlertsPage() {
  const t = useTranslations('alerts');
  const times = useTimes();
  const { values, set } = useAddress(['part', 'status', 'id', 'edit']);
  const part = parts.find((one) => one === values.part) ?? 'alerts';
  const { data: counts } = useQuery(alertCountsQuery);
  const open = counts?.open.reduce((sum, { n }) => sum + n, 0) ?? 0;
  const countOf = { alerts: open, failures: counts?.open_failures ?? 0, rules: 0, routes: 0 };
  const Part = shown[part];
  return (
    <>
      <PageHead title={t('title')} text={t('text', { zone: times.zone })} />
      <Tabs
        label={t('partsLabel')}
        value={part}
        tabs={parts.map((one) => [one, t(`parts.${one}`, { count: countOf[one] })])}
        onChoose={(one) => set({ part: one === 'alerts' ? '' : one, status: '', id: '', edit: '' })}
      />
      <Part />
    </>
  );
}
