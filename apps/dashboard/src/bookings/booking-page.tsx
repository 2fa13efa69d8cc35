'use client';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Empty } from '../components/empty';
import { PageHead } from '../components/page-head';
import { Panel } from '../components/panel';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import type { Booking } from '../data/bookings';
import { bookingQuery, planQuery } from '../data/bookings';
import { isRefused } from '../data/problem';
import { useTimes } from '../i18n/times';
import { BookingActs } from './booking-acts';
import { BookingFacts } from './booking-facts';
import { BookingStatus } from './booking-status';
import { PlanLine } from './plan-line/plan-line';
import { useGuest } from './use-guest';

/** One booking, and all that is said around it. */
export function BookingPage() {
  const id = useSearchParams().get('id') ?? '';
  const t = useTranslations('booking');
  const guest = useGuest();
  const { data: booking, error, refetch } = useQuery(bookingQuery(id));
  const missing = !id || isRefused(error, 'not_found') || isRefused(error, 'invalid_request');
  const title = missing ? t('missing') : booking ? guest(booking) : t('loading');
  return (
    <>
      <PageHead
        back={{ href: '/bookings', text: t('back') }}
        title={title}
        text={
          booking && (
            <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
              <BookingStatus status={booking.status} />
              {booking.product && <span>{booking.product.name}</span>}
            </p>
          )
        }
      />
      {missing ? (
        <Empty title={t('missing')}>{t('missingHint')}</Empty>
      ) : error ? (
        <Trouble error={error} again={() => void refetch()} />
      ) : booking ? (
        <Known booking={booking} />
      ) : (
        <Skeleton lines={10} className="py-5" />
      )}
    </>
  );
}

function Known({ booking }: { booking: Booking }) {
  const t = useTranslations('booking');
  const times = useTimes();
  const { data: plan, error, refetch } = useQuery(planQuery(booking.id));
  return (
    <div className="grid gap-5">
      <BookingActs booking={booking} plan={plan} />
      <BookingFacts booking={booking} />
      <Panel title={t('plan.title')} aside={t('plan.timesIn', { zone: times.zone })}>
        {plan && plan.pending_events > 0 && (
          <p role="status" className="border-b border-rope bg-brass-wash px-5 py-2 text-sm text-brass-ink">
            {t('plan.pending')}
          </p>
        )}
        {error ? (
          <Trouble error={error} again={() => void refetch()} />
        ) : !plan ? (
          <Skeleton lines={8} />
        ) : plan.items.length === 0 && plan.pending_events === 0 ? (
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
    </div>
  );
}
