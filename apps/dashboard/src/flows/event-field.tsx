'use client';
import { useTranslations } from 'next-intl';
import { CheckedInput } from '../components/checked-input';
import { CompactSelect } from '../components/compact-controls';
import { useSayFlow } from './use-say-flow';

const known = [
  'booking.created',
  'booking.rescheduled',
  'booking.checked_in',
  'booking.completed',
  'booking.cancelled',
  'enrollment.created',
  'enrollment.progressed',
  'enrollment.completed',
  'lesson.available',
  'lesson.completed',
  'contact.created',
  'contact.unsubscribed',
  'message.clicked',
  'message.replied',
];
const shape = /^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*(\.\*)?$/;

interface Props {
  value: string;
  onChange: (event: string) => void;
}

/** An event by what it means, or any other by its type, such as those that a shop or an academy sends. */
export function EventField({ value, onChange }: Props) {
  const t = useTranslations('flow.trigger');
  const { eventName } = useSayFlow();
  const isKnown = known.includes(value);
  return (
    <>
      <CompactSelect
        label={t('event')}
        value={isKnown ? value : 'other'}
        options={[
          ...known.map((type) => [type, eventName(type)] as const),
          ['other', t('otherEvent')] as const,
        ]}
        onChoose={(next) => onChange(next === 'other' ? 'shop.order_paid' : next)}
        className="max-w-full"
      />
      {!isKnown && (
        <CheckedInput
          label={t('eventType')}
          title={t('eventTypeHint')}
          value={value}
          pattern={shape}
          onChange={onChange}
          className="w-52 flex-1"
        />
      )}
    </>
  );
}
