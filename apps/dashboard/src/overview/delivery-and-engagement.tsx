'use client';
import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { Empty } from '../components/empty';
import { Panel } from '../components/panel';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import { overviewQuery } from '../data/queries';
import { FigurePanel } from './figure-panel';
import { ofAll } from './figures';

const delivery = ['sent', 'delivered', 'undelivered', 'skipped'] as const;
const engagement = ['opened', 'clicked', 'unsubscribed'] as const;

/** What became of the messages of the last 30 days, and what people did with them. */
export function DeliveryAndEngagement() {
  const t = useTranslations('overview');
  const format = useFormatter();
  const { data, error, refetch } = useQuery(overviewQuery);
  if (error || !data)
    return (
      <Panel title={t('delivery')}>
        {error ? <Trouble error={error} again={() => void refetch()} /> : <Skeleton lines={7} />}
      </Panel>
    );
  const total = ofAll(data.days);
  if (Object.values(total).every((count) => count === 0))
    return (
      <Panel title={t('delivery')}>
        <Empty title={t('noFigures')}>{t('noFiguresHint')}</Empty>
      </Panel>
    );
  const share = total.sent > 0 ? Math.min(1, total.delivered / total.sent) : null;
  return (
    <div className="grid items-start gap-5 xl:grid-cols-2">
      <FigurePanel title={t('delivery')} overview={data} names={delivery}>
        {share !== null && t('deliveredShare', { share: format.number(share, { style: 'percent' }) })}
      </FigurePanel>
      <FigurePanel title={t('engagement')} overview={data} names={engagement}>
        {t('noMachines')}
      </FigurePanel>
    </div>
  );
}
