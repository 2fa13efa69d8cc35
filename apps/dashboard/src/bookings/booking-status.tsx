'use client';
import { useTranslations } from 'next-intl';
import type { Booking } from '../data/bookings';
import type { Signal } from '../design/flag';
import { Flag } from '../design/flag';

const signals: Record<Booking['status'], Signal> = {
  confirmed: 'waiting',
  checked_in: 'good',
  completed: 'good',
  cancelled: 'lowered',
};

export function BookingStatus({ status }: { status: Booking['status'] }) {
  const t = useTranslations('bookings.statuses');
  return (
    <span className="inline-flex items-center gap-1.5 align-top text-sm font-semibold whitespace-nowrap">
      <Flag signal={signals[status]} />
      {t(status)}
    </span>
  );
}
