'use client';
import { useTranslations } from 'next-intl';
import type { Booking } from '../data/bookings';

/** What who booked is called: by name, else by address. */
export function useGuest(): (booking: Pick<Booking, 'contact'>) => string {
  const t = useTranslations('bookings');
  return ({ contact }) => contact?.name ?? contact?.address ?? t(contact ? 'unnamed' : 'erased');
}
