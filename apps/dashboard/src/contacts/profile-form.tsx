'use client';
import { channels } from '@halyard/contracts/channels';
import type { ContactPatch } from '@halyard/contracts/contacts/contact';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { ChoiceField, Field } from '../components/field';
import { Trouble } from '../components/trouble';
import { checkedBy } from '../data/checked-by';
import type { Contact } from '../data/contacts';
import { orNull, useFieldError } from './contact-form';
import { FormEnd } from './form-end';
import { usePlaces } from './places';
import { useChangeContact } from './use-change-contact';

interface Props {
  contact: Contact;
  onDone: () => void;
}

export function ProfileForm({ contact, onDone }: Props) {
  const t = useTranslations();
  const places = usePlaces();
  const { first_name, last_name, locale, country, time_zone, preferred_channel, external_id } = contact;
  const before = { first_name, last_name, locale, country, time_zone, preferred_channel, external_id };
  const form = useForm<ContactPatch>({
    resolver: checkedBy(async () => (await import('@halyard/contracts/contacts/contact')).ContactPatch),
    defaultValues: before,
  });
  const change = useChangeContact(contact.id);
  const wrong = useFieldError(form.formState.errors, change.error);
  const field = (name: keyof typeof before) => ({
    label: t(`contact.fields.${name}`),
    error: wrong(name),
    ...form.register(name, orNull),
  });
  const save = (patch: ContactPatch) => change.mutate({ patch, before }, { onSuccess: onDone });
  return (
    <form className="grid gap-4 p-4 sm:p-5" noValidate onSubmit={form.handleSubmit(save)}>
      {change.error && <Trouble error={change.error} />}
      <Field {...field('first_name')} autoComplete="off" />
      <Field {...field('last_name')} autoComplete="off" />
      <ChoiceField {...field('locale')} options={[places.none, ...places.languages(locale)]} />
      <ChoiceField {...field('country')} options={[places.none, ...places.countries(country)]} />
      <ChoiceField {...field('time_zone')} options={[places.none, ...places.zones(time_zone)]} />
      <ChoiceField
        {...field('preferred_channel')}
        options={[places.none, ...channels.map((channel) => [channel, t(`channels.${channel}`)] as const)]}
      />
      <Field {...field('external_id')} autoComplete="off" hint={t('contact.externalIdHint')} />
      <FormEnd busy={change.isPending} onCancel={onDone} />
    </form>
  );
}
