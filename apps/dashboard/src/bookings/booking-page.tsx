'use client';
import { useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Empty } from '../components/empty';
import { PageHead } from '../components/page-head';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import type { Booking } from '../data/bookings';
import { bookingQuery, planQuery } from '../data/bookings';
import { isRefused } from '../data/problem';
import { BookingActs } from './booking-acts';
import { BookingFacts } from './booking-facts';
import { BookingPlan } from './booking-plan';
import { BookingStatus } from './booking-status';
import { ChangeForm } from './change-form';
import { RescheduleForm } from './reschedule-form';
import { useGuest } from './use-guest';

/** One booking, and all that is said around it. */
export function BookingPage() {
  const id = useSearchParams().get('id') ?? '';
  const t = useTranslations('booking');
  const { data: booking, error, refetch } = useQuery(bookingQuery(id));
  const missing = !id || isRefused(error, 'not_found') || isRefused(error, 'invalid_request');
  if (booking) return <Known booking={booking} />;
  return (
    <>
      <PageHead back={{ href: '/bookings', text: t('back') }} title={t(missing ? 'missing' : 'loading')} />
      {missing ? (
        <Empty title={t('missing')}>{t('missingHint')}</Empty>
      ) : error ? (
        <Trouble error={error} again={() => void refetch()} />
      ) : (
        <Skeleton lines={10} className="py-5" />
      )}
    </>
  );
}

function Known({ booking }: { booking: Booking }) {
  const t = useTranslations('booking');
  const guest = useGuest();
  const [form, setForm] = useState<'move' | 'change' | null>(null);
  const close = () => setForm(null);
  const plan = useQuery(planQuery(booking.id));
  return (
    <>
      <PageHead
        back={{ href: '/bookings', text: t('back') }}
        title={guest(booking)}
        text={
          <p className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1">
            <BookingStatus status={booking.status} />
            {booking.product && <span>{booking.product.name}</span>}
          </p>
        }
      >
        {!form && <BookingActs booking={booking} plan={plan.data} onAsk={setForm} />}
      </PageHead>
      <div className="grid gap-5">
        {form === 'move' && <RescheduleForm booking={booking} plan={plan.data} onDone={close} />}
        {form === 'change' && <ChangeForm booking={booking} onDone={close} />}
        <BookingFacts booking={booking} />
        <BookingPlan booking={booking} query={plan} />
      </div>
    </>
  );
}
