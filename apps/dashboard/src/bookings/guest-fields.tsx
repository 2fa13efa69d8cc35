'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import { Button } from '../components/button';
import { Field } from '../components/field';
import type { Chosen } from '../contacts/contact-picker';
import { ContactPicker } from '../contacts/contact-picker';
import type { NewBookingForm } from './new-booking-contract';

interface Props {
  form: UseFormReturn<NewBookingForm>;
  chosen: Chosen | null;
  issues: Readonly<Record<string, string>>;
}

/** Who books: somebody who is there already, or somebody new. */
export function GuestFields({ form, chosen: given, issues }: Props) {
  const t = useTranslations('bookings.form');
  const [chosen, setChosen] = useState(given);
  const known = form.watch('known');
  const { errors } = form.formState;
  const swap = (
    <p>
      <Button
        look="link"
        size="inline"
        className="min-h-11 sm:min-h-6"
        onClick={() => form.setValue('known', !known)}
      >
        {t(known ? 'toNew' : 'toKnown')}
      </Button>
    </p>
  );
  if (known)
    return (
      <div className="grid gap-2">
        <ContactPicker
          label={t('contact')}
          chosen={chosen}
          error={(errors.contact_id && t('contactMissing')) ?? issues.contact_id}
          onChoose={(contact) => {
            setChosen(contact);
            form.setValue('contact_id', contact?.id ?? '', { shouldValidate: form.formState.isSubmitted });
          }}
        />
        {swap}
      </div>
    );
  return (
    <div className="grid gap-2">
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('firstName')} autoComplete="off" {...form.register('first_name')} />
        <Field label={t('lastName')} autoComplete="off" {...form.register('last_name')} />
        <Field
          label={t('email')}
          type="email"
          autoComplete="off"
          error={(errors.email && t('emailOrPhone')) ?? issues['contact.email']}
          {...form.register('email')}
        />
        <Field
          label={t('phone')}
          type="tel"
          autoComplete="off"
          placeholder="+49 …"
          error={issues['contact.phone']}
          {...form.register('phone')}
        />
      </div>
      {swap}
    </div>
  );
}
