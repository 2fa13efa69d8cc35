'use client';
import { useTranslations } from 'next-intl';
import type { AttributeValues } from '../contacts/attribute-value';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { useAct } from '../data/use-act';
import { useRouter } from '../i18n/navigation';
import { instantOf } from '../i18n/zoned';
import type { NewBookingForm } from './new-booking-contract';

/** Makes a booking of what the form holds, and goes to it. */
export function useCreateBooking() {
  const t = useTranslations('bookings.form');
  const router = useRouter();
  return useAct({
    do: ({ given, attributes }: { given: NewBookingForm; attributes: AttributeValues }) =>
      answerOf(halyard.POST('/bookings', { body: { ...bodyOf(given), attributes } })),
    changes: ['bookings', 'contacts', 'messages'],
    tellsErrors: true,
    done: ({ id }) => {
      router.push(`/booking?id=${id}`);
      return { text: t('created') };
    },
  });
}

function bodyOf(given: NewBookingForm) {
  const { known, contact_id, product_id, starts, ends, time_zone, external_id } = given;
  const starts_at = instantOf(starts, time_zone) ?? undefined;
  const ends_at = instantOf(ends, time_zone) ?? undefined;
  return {
    ...(known ? { contact_id } : { contact: guestOf(given) }),
    ...(product_id && { product_id }),
    ...(external_id && { external_id }),
    ...(starts_at && { starts_at }),
    ...(ends_at && { ends_at }),
    time_zone,
  };
}

const guestOf = ({ first_name, last_name, email, phone }: NewBookingForm) => ({
  ...(first_name && { first_name }),
  ...(last_name && { last_name }),
  ...(email && { email }),
  ...(phone && { phone }),
});
