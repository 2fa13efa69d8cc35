'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { AskFirst } from '../components/ask-first';
import { Button } from '../components/button';
import { Field } from '../components/field';
import { Select } from '../components/select';
import type { AlertDetail } from '../data/alerts';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { useAct } from '../data/use-act';

const hours = ['1', '4', '24', '168'] as const;

/** Taking care of it, wanting to hear nothing of it for a while, or calling it over; with a note for the others. */
export function AlertActs({ alert: { id, status }, onActed }: { alert: AlertDetail; onActed: () => void }) {
  const t = useTranslations('alerts');
  const [note, setNote] = useState('');
  const [silent, setSilent] = useState<string>(hours[0]);
  const params = { path: { id } };
  const said = note.trim() ? { note: note.trim() } : {};
  const act = useAct({
    do: (what: 'acknowledge' | 'silence' | 'resolve') => {
      if (what === 'acknowledge')
        return answerOf(halyard.POST('/alerts/{id}/acknowledge', { params, body: said }));
      if (what === 'resolve') return answerOf(halyard.POST('/alerts/{id}/resolve', { params, body: said }));
      const until = new Date(Date.now() + Number(silent) * 3_600_000).toISOString();
      return answerOf(halyard.POST('/alerts/{id}/silence', { params, body: { until, ...said } }));
    },
    changes: ['alerts'],
    done: (_, what) => {
      setNote('');
      onActed();
      return { text: t(`did.${what}`) };
    },
  });
  return (
    <div className="grid gap-4 border-y border-rope py-4">
      <Field
        compact
        label={t('note')}
        hint={t('noteHint')}
        maxLength={1000}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      <div className="flex flex-wrap items-end gap-3">
        {status !== 'acknowledged' && (
          <Button disabled={act.isPending} onClick={() => act.mutate('acknowledge')}>
            {t('acknowledge')}
          </Button>
        )}
        <Select
          label={t('silentFor')}
          value={silent}
          options={hours.map((one) => [one, t(`spans.${one}`)])}
          onChange={setSilent}
        />
        <Button look="outlined" disabled={act.isPending} onClick={() => act.mutate('silence')}>
          {t('silence')}
        </Button>
        <AskFirst
          act={t('resolve')}
          means={t('resolveMeans')}
          now={t('resolveNow')}
          onSure={() => act.mutateAsync('resolve')}
        />
      </div>
    </div>
  );
}
