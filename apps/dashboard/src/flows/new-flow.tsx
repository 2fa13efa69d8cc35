'use client';
import type { FlowDefinition, Trigger } from '@halyard/contracts/flows/definition';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../components/button';
import { Field } from '../components/field';
import { Panel } from '../components/panel';
import { Trouble } from '../components/trouble';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { templatesQuery } from '../data/queries';
import { useAct } from '../data/use-act';
import { useRouter } from '../i18n/navigation';
import { newStep } from './new-step';
import { TriggerEditor } from './trigger-editor';

/** A flow of one's own: what it is called and who gets in; the steps follow in the editor. */
export function NewFlow({ onClose }: { onClose: () => void }) {
  const t = useTranslations('flows.new');
  const acts = useTranslations('acts');
  const router = useRouter();
  const { data: templates } = useQuery(templatesQuery);
  const [name, setName] = useState('');
  const [trigger, setTrigger] = useState<Trigger>({ type: 'event', event: 'booking.created' });
  const [tried, setTried] = useState(false);
  const create = useAct({
    do: () => {
      const blank: FlowDefinition = {
        name: name.trim(),
        trigger,
        reentry: 'once_per_subject',
        zone: 'contact',
        exits: [],
        cancel_with_subject: true,
        steps: [],
      };
      const definition = { ...blank, steps: [newStep('message', blank, templates?.items[0]?.key)] };
      return answerOf(halyard.POST('/flows', { body: { definition } }));
    },
    changes: ['flows'],
    tellsErrors: true,
  });
  return (
    <Panel title={t('title')} className="mb-5">
      <form
        className="grid gap-5 p-4 sm:p-5"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (name.trim()) create.mutate(undefined, { onSuccess: ({ id }) => router.push(`/flow?id=${id}`) });
        }}
      >
        {create.error && <Trouble error={create.error} />}
        <Field
          label={t('name')}
          value={name}
          maxLength={200}
          placeholder={t('example')}
          error={tried && !name.trim() ? t('nameMissing') : undefined}
          onChange={({ target }) => setName(target.value)}
          className="max-w-md"
        />
        <div className="grid gap-1.5">
          <p className="text-sm font-semibold">{t('starts')}</p>
          <TriggerEditor trigger={trigger} onChange={setTrigger} />
        </div>
        <div className="flex flex-wrap gap-2">
          <Button type="submit" disabled={create.isPending || !templates}>
            {t('create')}
          </Button>
          <Button look="plain" onClick={onClose}>
            {acts('cancel')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}
