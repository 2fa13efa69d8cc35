'use client';
import type { ContactInput } from '@halyard/contracts/contacts/contact';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { Button } from '../components/button';
import { ChoiceField, Field } from '../components/field';
import { Panel } from '../components/panel';
import { Trouble } from '../components/trouble';
import { checkedBy } from '../data/checked-by';
import { halyard } from '../data/halyard';
import { answerOf, isRefused, issuesOf } from '../data/problem';
import { useAct } from '../data/use-act';
import { Link, useRouter } from '../i18n/navigation';
import { orNothing, useFieldError } from './contact-form';
import { usePlaces } from './places';

/** Makes a contact by hand, and goes to its page. */
export function NewContact({ onClose }: { onClose: () => void }) {
  const t = useTranslations();
  const places = usePlaces();
  const router = useRouter();
  const form = useForm<ContactInput>({
    resolver: checkedBy(async () => (await import('@halyard/contracts/contacts/contact')).ContactInput),
  });
  const create = useAct({
    do: (body: ContactInput) => answerOf(halyard.POST('/contacts', { body })),
    changes: ['contacts'],
    done: ({ id }) => {
      router.push(`/contact?id=${id}`);
      return { text: t('contacts.created') };
    },
    tellsErrors: true,
  });
  const wrong = useFieldError(form.formState.errors, create.error);
  const text = (name: 'first_name' | 'last_name' | 'email' | 'phone' | 'external_id') => ({
    label: t(`contact.fields.${name}`),
    error: wrong(name),
    ...form.register(name, orNothing),
  });
  return (
    <Panel title={t('contacts.new')} className="mb-5">
      <form
        className="grid gap-5 p-4 sm:p-5"
        noValidate
        onSubmit={form.handleSubmit((body) => create.mutate(body))}
      >
        <NotCreated error={create.error} />
        <div className="grid gap-x-5 gap-y-4 sm:grid-cols-2 lg:grid-cols-3">
          <Field {...text('first_name')} autoComplete="off" />
          <Field {...text('last_name')} autoComplete="off" />
          <Field {...text('email')} type="email" autoComplete="off" />
          <Field {...text('phone')} type="tel" autoComplete="off" hint={t('contact.phoneHint')} />
          <ChoiceField
            label={t('contact.fields.locale')}
            options={[places.none, ...places.languages()]}
            {...form.register('locale', orNothing)}
          />
          <ChoiceField
            label={t('contact.fields.country')}
            options={[places.none, ...places.countries()]}
            {...form.register('country', orNothing)}
          />
          <Field {...text('external_id')} autoComplete="off" hint={t('contact.externalIdHint')} />
        </div>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" disabled={create.isPending}>
            {t('contacts.createNow')}
          </Button>
          <Button look="plain" onClick={onClose}>
            {t('acts.cancel')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

/** Somebody has the address already: the way to them, instead of a mere refusal. */
function NotCreated({ error }: { error: unknown }) {
  const t = useTranslations('contacts');
  const known = isRefused(error, 'conflict') && issuesOf(error).body;
  if (!error) return null;
  if (!known) return <Trouble error={error} />;
  return (
    <p role="alert" className="border-l-4 border-brass bg-brass-wash px-4 py-3 text-sm text-brass-ink">
      {t('exists')}{' '}
      <Link className="font-semibold underline underline-offset-3" href={`/contact?id=${known}`}>
        {t('toExisting')}
      </Link>
    </p>
  );
}
