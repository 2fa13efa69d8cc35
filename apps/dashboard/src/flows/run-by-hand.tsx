'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { AskFirst } from '../components/ask-first';
import { Button } from '../components/button';
import { Panel } from '../components/panel';
import type { Chosen } from '../contacts/contact-picker';
import { ContactPicker } from '../contacts/contact-picker';
import type { Flow } from '../data/flows';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { useAct } from '../data/use-act';

/** Lets one contact in, or ends its runs. */
export function RunByHand({ flow }: { flow: Flow }) {
  const t = useTranslations('flow.byHand');
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const params = { path: { id: flow.id } };
  const name = chosen?.name ?? '';
  const ids = chosen ? [chosen.id] : [];
  const start = useAct({
    do: () =>
      answerOf(halyard.POST('/flows/{id}/start', { params, body: { contact_ids: ids, again: true } })),
    changes: ['flow', 'messages'],
    done: () => ({ text: t('started', { name }) }),
  });
  const stop = useAct({
    do: () => answerOf(halyard.POST('/flows/{id}/stop', { params, body: { contact_ids: ids } })),
    changes: ['flow', 'messages'],
    done: ({ requested }) => ({ text: t('stopped', { name, count: requested }) }),
  });
  return (
    <Panel title={t('title')}>
      <div className="grid gap-3 p-4 sm:p-5">
        <p className="text-sm text-ink-soft">{t('text')}</p>
        <ContactPicker label={t('search')} chosen={chosen} onChoose={setChosen} />
        {chosen && (
          <div className="flex flex-wrap items-center gap-2">
            {flow.status === 'live' && (
              <Button look="outlined" disabled={start.isPending} onClick={() => start.mutate()}>
                {t('start')}
              </Button>
            )}
            <AskFirst
              act={t('stop')}
              means={t('stopMeans', { name })}
              now={t('stopNow')}
              onSure={() => stop.mutateAsync()}
            />
          </div>
        )}
      </div>
    </Panel>
  );
}
