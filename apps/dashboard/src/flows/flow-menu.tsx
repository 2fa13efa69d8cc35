'use client';
import { Archive, Ellipsis, Pause, Play, RotateCcw, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../components/button';
import { Menu, MenuItem } from '../components/menu';
import type { Flow } from '../data/flows';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { useAct } from '../data/use-act';
import { useRouter } from '../i18n/navigation';
import { turnsOf, useTurn } from './flow-acts';

const signs = { pause: Pause, resume: Play, archive: Archive };

/** What can be done with the flow as a whole. What loses something is asked about first. */
export function FlowMenu({ flow, published }: { flow: Flow; published: number | null }) {
  const t = useTranslations('flow.menu');
  const acts = useTranslations('acts');
  const router = useRouter();
  const turn = useTurn(flow);
  const [asked, setAsked] = useState<'discard' | 'remove' | null>(null);
  const params = { path: { id: flow.id } };
  const discard = useAct({
    do: () => answerOf(halyard.PATCH('/flows/{id}', { params, body: { definition: null } })),
    changes: ['flow', 'flows'],
    done: () => ({ text: t('discarded') }),
  });
  const remove = useAct({
    do: () => answerOf(halyard.DELETE('/flows/{id}', { params })),
    changes: ['flows'],
    done: () => ({ text: t('removed', { name: flow.name }) }),
  });
  const sure = async () => {
    if (asked === 'discard') await discard.mutateAsync().catch(() => {});
    else
      await remove.mutateAsync().then(
        () => router.push('/flows'),
        () => {},
      );
    setAsked(null);
  };
  if (asked)
    return (
      <div className="flex flex-wrap items-center gap-2">
        <p className="max-w-xs text-sm">{t(`${asked}Means`)}</p>
        <Button disabled={discard.isPending || remove.isPending} onClick={() => void sure()}>
          {t(`${asked}Now`)}
        </Button>
        <Button look="plain" onClick={() => setAsked(null)}>
          {acts('keep')}
        </Button>
      </div>
    );
  return (
    <Menu
      place="left-0 top-full mt-1 sm:right-0 sm:left-auto"
      triggerClass="inline-flex size-11 items-center justify-center rounded-md border border-rope-strong bg-sail hover:bg-sunk sm:size-9"
      trigger={
        <>
          <Ellipsis className="size-4" aria-hidden="true" />
          <span className="sr-only">{t('title')}</span>
        </>
      }
    >
      {turnsOf(flow.status).map((one) => {
        const Sign = signs[one];
        return (
          <MenuItem key={one} onClick={() => turn.mutate(one)}>
            <Sign aria-hidden="true" />
            {t(one)}
          </MenuItem>
        );
      })}
      {flow.has_draft && published !== null && (
        <MenuItem onClick={() => setAsked('discard')}>
          <RotateCcw aria-hidden="true" />
          {t('discard')}
        </MenuItem>
      )}
      {published === null && (
        <MenuItem onClick={() => setAsked('remove')}>
          <Trash2 aria-hidden="true" />
          {t('remove')}
        </MenuItem>
      )}
    </Menu>
  );
}
