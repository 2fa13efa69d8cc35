'use client';
import type { UseQueryResult } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Empty } from '../components/empty';
import { Panel } from '../components/panel';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import type { Booking, Plan } from '../data/bookings';
import { useTimes } from '../i18n/times';
import { PlanLine } from './plan-line/plan-line';

/** All that is said around a booking: it may still be in the making, when something has just happened. */
export function BookingPlan({ booking, query }: { booking: Booking; query: UseQueryResult<Plan> }) {
  const t = useTranslations('booking');
  const times = useTimes();
  const { data: plan, error, refetch } = query;
  const making = plan !== undefined && plan.pending_events > 0;
  return (
    <Panel title={t('plan.title')} aside={t('plan.timesIn', { zone: times.zone })}>
      {making && (
        <p role="status" className="border-b border-rope bg-brass-wash px-5 py-2 text-sm text-brass-ink">
          {t('plan.pending')}
        </p>
      )}
      {error ? (
        <Trouble error={error} again={() => void refetch()} />
      ) : !plan ? (
        <Skeleton lines={8} />
      ) : plan.items.length === 0 && !making ? (
        <Empty title={t('plan.none')}>{t('plan.noneHint')}</Empty>
      ) : (
        <PlanLine
          span={booking}
          items={plan.items}
          title={booking.product?.name ?? t('booking')}
          off={booking.status === 'cancelled'}
        />
      )}
    </Panel>
  );
}
