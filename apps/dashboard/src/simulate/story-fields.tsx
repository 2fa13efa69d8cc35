'use client';
import { useTranslations } from 'next-intl';
import { Field } from '../components/field';
import { LaterFields } from './later-fields';
import type { Story } from './story';
import { isBooking } from './story';

interface Props {
  story: Story;
  onChange: (change: Partial<Story>) => void;
}

/** One guest, what begins the story, and what happens later. */
export function StoryFields({ story, onChange }: Props) {
  const t = useTranslations('simulate');
  const text = (name: 'firstName' | 'email' | 'phone' | 'locale' | 'timeZone' | 'begins' | 'productKey') => ({
    value: story[name],
    onChange: ({ target }: React.ChangeEvent<HTMLInputElement>) => onChange({ [name]: target.value }),
  });
  const time = (name: 'at' | 'startsAt' | 'endsAt') => ({
    type: 'datetime-local',
    label: t(name),
    value: story[name],
    onChange: ({ target }: React.ChangeEvent<HTMLInputElement>) => onChange({ [name]: target.value }),
  });
  return (
    <>
      <fieldset>
        <legend className="mb-2 text-sm font-semibold">{t('guest')}</legend>
        <div className="grid gap-3 sm:grid-cols-2">
          <Field label={t('firstName')} {...text('firstName')} />
          <Field label={t('email')} type="email" {...text('email')} />
          <Field label={t('phone')} type="tel" {...text('phone')} />
          <Field label={t('locale')} {...text('locale')} />
          <Field className="sm:col-span-2" label={t('timeZone')} {...text('timeZone')} />
        </div>
      </fieldset>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field className="sm:col-span-2" label={t('begins')} {...text('begins')} />
        <Field {...time('at')} hint={t('zoneHint', { zone: story.timeZone })} />
        {isBooking(story.begins) && (
          <>
            <Field label={t('product')} hint={t('productHint')} {...text('productKey')} />
            <Field {...time('startsAt')} />
            <Field {...time('endsAt')} />
          </>
        )}
      </div>
      <LaterFields story={story} onChange={(later) => onChange({ later })} />
    </>
  );
}
