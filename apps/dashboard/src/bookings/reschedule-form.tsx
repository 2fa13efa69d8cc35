'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../components/button';
import { Field } from '../components/field';
import { Panel } from '../components/panel';
import { Trouble } from '../components/trouble';
import type { Booking, Plan } from '../data/bookings';
import { issuesOf } from '../data/problem';
import { instantOf, localOf } from '../i18n/zoned';
import { expectedAfter } from './moved-plan';
import { MovingMessages } from './moving-messages';
import { useReschedule } from './use-booking-acts';

interface Props {
  booking: Booking;
  plan: Plan | undefined;
  onDone: () => void;
}

/** Another date for a booking, with what moves along before it is done. */
export function RescheduleForm({ booking, plan, onDone }: Props) {
  const t = useTranslations();
  const zone = booking.time_zone;
  const [starts, setStarts] = useState(localOf(booking.starts_at, zone));
  const [ownEnd, setOwnEnd] = useState('');
  const reschedule = useReschedule(booking.id, onDone);
  const length = Date.parse(booking.ends_at) - Date.parse(booking.starts_at);
  const starts_at = instantOf(starts, zone);
  const kept = starts_at && localOf(Date.parse(starts_at) + length, zone);
  const ends_at = ownEnd
    ? instantOf(ownEnd, zone)
    : starts_at && new Date(Date.parse(starts_at) + length).toISOString();
  const to = starts_at && ends_at ? { starts_at, ends_at } : null;
  const wrong = to !== null && to.ends_at < to.starts_at;
  const same =
    to !== null &&
    Date.parse(to.starts_at) === Date.parse(booking.starts_at) &&
    Date.parse(to.ends_at) === Date.parse(booking.ends_at);
  const items = plan?.items ?? [];
  const issues = issuesOf(reschedule.error);
  const { starts_at: was_start, ends_at: was_end } = booking;
  return (
    <Panel title={t('booking.acts.reschedule')} aside={t('booking.plan.timesIn', { zone })}>
      <form
        className="grid gap-4 px-4 py-4 sm:px-5"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (to && !wrong && !same)
            reschedule.mutate({ from: { starts_at: was_start, ends_at: was_end }, to, items });
        }}
      >
        {reschedule.error && <Trouble error={reschedule.error} />}
        <div className="grid gap-4 sm:grid-cols-2 lg:max-w-2xl">
          <Field
            label={t('bookings.form.start')}
            type="datetime-local"
            required
            value={starts}
            error={to ? issues.starts_at : t('bookings.form.startMissing')}
            onChange={(event) => setStarts(event.target.value)}
          />
          <Field
            label={t('bookings.form.end')}
            type="datetime-local"
            value={ownEnd || kept || ''}
            hint={ownEnd ? undefined : t('booking.acts.keepsLength')}
            error={wrong ? t('bookings.form.endBefore') : issues.ends_at}
            onChange={(event) => setOwnEnd(event.target.value)}
          />
        </div>
        {to && !wrong && !same && (
          <MovingMessages expected={expectedAfter(items, booking, { ...to, time_zone: zone })} />
        )}
        <div className="flex flex-wrap gap-2">
          <Button type="submit" disabled={!to || wrong || same || reschedule.isPending}>
            {t(reschedule.isPending ? 'booking.acts.moving' : 'booking.acts.move')}
          </Button>
          <Button look="plain" onClick={onDone}>
            {t('acts.cancel')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
