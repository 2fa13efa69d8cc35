'use client';
import { channels } from '@halyard/contracts/channels';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { ChoiceField, TextField } from '../components/field';
import { Trouble } from '../components/trouble';
import type { CurrentConsent } from '../data/contacts';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { meQuery } from '../data/queries';
import { useAct } from '../data/use-act';
import { useConsentNames } from './consent-names';
import { FormEnd } from './form-end';

const states = ['granted', 'withdrawn', 'pending'] as const;
const longestSource = 100;

interface Said {
  state: CurrentConsent['state'];
  topic: string;
  channel: CurrentConsent['channel'];
  note: string;
}

/** Writes down what a contact said, with who wrote it and how they know. */
export function ConsentForm({ contactId, onDone }: { contactId: string; onDone: () => void }) {
  const t = useTranslations('contact');
  const names = useConsentNames();
  const { data: me } = useQuery(meQuery);
  const form = useForm<Said>({ defaultValues: { state: 'granted', topic: '*', channel: '*', note: '' } });
  const state = form.watch('state');
  const record = useAct({
    do: ({ note, ...said }: Said) =>
      answerOf(
        halyard.POST('/contacts/{id}/consents', {
          params: { path: { id: contactId } },
          body: {
            ...said,
            source: `${t('byHand')}: ${me?.email ?? ''}`.slice(0, longestSource),
            ...(note.trim() && { evidence: { note: note.trim() } }),
          },
        }),
      ),
    changes: ['contact'],
    done: (consent) => ({ text: t(`recorded.${consent.state}`) }),
    tellsErrors: true,
  });
  const save = form.handleSubmit((said) => record.mutate(said, { onSuccess: onDone }));
  return (
    <form className="grid gap-4 border-b border-rope p-4 sm:p-5" noValidate onSubmit={save}>
      {record.error && <Trouble error={record.error} />}
      <ChoiceField
        label={t('said')}
        options={states.map((one) => [one, t(`saying.${one}`)] as const)}
        hint={t(`means.${state}`)}
        {...form.register('state')}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <ChoiceField
          label={t('topic')}
          options={[['*', t('allTopics')], ...names.topics]}
          {...form.register('topic')}
        />
        <ChoiceField
          label={t('channel')}
          options={(['*', ...channels] as const).map((one) => [one, names.channel(one)] as const)}
          {...form.register('channel')}
        />
      </div>
      <TextField label={t('howKnown')} hint={t('howKnownHint')} rows={2} {...form.register('note')} />
      <FormEnd busy={record.isPending} onCancel={onDone} save={t('recordNow')} />
    </form>
  );
}
