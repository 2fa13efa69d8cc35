'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../components/button';
import { Field } from '../../components/field';
import { Trouble } from '../../components/trouble';
import { halyard } from '../../data/halyard';
import { answerOf, issuesOf } from '../../data/problem';
import { useAct } from '../../data/use-act';
import { useRouter } from '../../i18n/navigation';

/** A new organization in the zone of this browser; the person works in it from then on. */
export function CreateOrganization({ onClose }: { onClose: () => void }) {
  const t = useTranslations();
  const words = useTranslations('settings.profile.organizations');
  const queries = useQueryClient();
  const router = useRouter();
  const [name, setName] = useState('');
  const create = useAct({
    do: async () => {
      const { timeZone: time_zone } = Intl.DateTimeFormat().resolvedOptions();
      const { id } = await answerOf(
        halyard.POST('/organizations', { body: { name: name.trim(), time_zone } }),
      );
      await answerOf(halyard.POST('/organizations/{id}/activate', { params: { path: { id } } }));
    },
    changes: [],
    done: () => {
      router.push('/');
      void queries.resetQueries();
      return { text: words('created', { name }) };
    },
    tellsErrors: true,
  });
  const wrong = issuesOf(create.error).name;
  return (
    <form
      className="grid gap-3"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate();
      }}
    >
      {create.error && !wrong ? <Trouble error={create.error} /> : null}
      <Field
        label={t('firstOrganization.name')}
        className="max-w-md"
        maxLength={200}
        autoFocus
        autoComplete="organization"
        value={name}
        error={wrong && words('nameMissing')}
        onChange={(event) => setName(event.target.value)}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="outlined" disabled={create.isPending}>
          {t('firstOrganization.create')}
        </Button>
        <Button look="plain" onClick={onClose}>
          {t('acts.cancel')}
        </Button>
      </div>
    </form>
  );
}
