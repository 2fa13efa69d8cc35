'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { AskFirst } from '../components/ask-first';
import { Button } from '../components/button';
import type { Booking, Plan } from '../data/bookings';
import { useMay } from '../shell/use-may';
import { useCancel, useProgress } from './use-booking-acts';

interface Props {
  booking: Booking;
  plan: Plan | undefined;
  /** Another date is asked for, or what else is booked. */
  onAsk: (form: 'move' | 'change') => void;
}

/** What can be done with a booking, as far as it has come. */
export function BookingActs({ booking, plan, onAsk }: Props) {
  const t = useTranslations('booking.acts');
  const may = useMay();
  const [reason, setReason] = useState('');
  const progress = useProgress(booking.id);
  const cancel = useCancel(booking.id);
  const open = booking.status === 'confirmed' || booking.status === 'checked_in';
  if (!may('editor') || !open) return null;
  const waiting = plan?.items.filter(({ status }) => status === 'scheduled').length ?? 0;
  const next = booking.status === 'confirmed' ? 'checkIn' : 'complete';
  return (
    <>
      <Button disabled={progress.isPending} onClick={() => progress.mutate(next)}>
        {t(next)}
      </Button>
      <Button look="outlined" onClick={() => onAsk('move')}>
        {t('reschedule')}
      </Button>
      <Button look="outlined" onClick={() => onAsk('change')}>
        {t('edit')}
      </Button>
      <AskFirst
        act={t('cancel')}
        now={t('cancelNow')}
        onSure={() => cancel.mutateAsync({ reason })}
        disabled={!plan}
        means={
          <>
            {t('cancelMeans', { count: waiting })}
            <label className="mt-1 block font-semibold">
              {t('reason')}
              <input
                value={reason}
                maxLength={500}
                onChange={(event) => setReason(event.target.value)}
                className="ml-2 h-11 rounded-md border border-rope-strong bg-sail px-2.5 font-normal sm:h-9"
              />
            </label>
          </>
        }
      />
    </>
  );
}
