'use client';
import { useTranslations } from 'next-intl';
import { AskFirst } from '../../components/ask-first';
import { Button } from '../../components/button';
import { halyard } from '../../data/halyard';
import { answerOf } from '../../data/problem';
import type { OutreachSource } from '../../data/settings';
import { useAct } from '../../data/use-act';
import { useMay } from '../../shell/use-may';

interface Props {
  source: OutreachSource;
  onEdit: () => void;
}

/** Edit, read now, pause and resume, remove; nothing for who may not. */
export function SourceActions({ source: { id, name, active }, onEdit }: Props) {
  const t = useTranslations('settings.sources');
  const may = useMay()('admin');
  const at = { params: { path: { id } } };
  const changes = ['outreach-sources'];
  const turn = (to: boolean) =>
    answerOf(halyard.PATCH('/outreach/sources/{id}', { ...at, body: { active: to, skip_test: false } }));
  const resume = useAct({ do: () => turn(true), changes, done: () => ({ text: t('did.resume', { name }) }) });
  const pause = useAct({
    do: () => turn(false),
    changes,
    done: () => ({ text: t('did.pause', { name }), undo: () => resume.mutate() }),
  });
  const poll = useAct({
    do: () => answerOf(halyard.POST('/outreach/sources/{id}/poll', at)),
    changes,
    done: () => ({ text: t('did.poll', { name }) }),
  });
  const remove = useAct({
    do: () => answerOf(halyard.DELETE('/outreach/sources/{id}', at)),
    changes,
    done: () => ({ text: t('removed', { name }) }),
  });
  if (!may) return null;
  const [act, word] = active ? [pause, 'pause' as const] : [resume, 'resume' as const];
  return (
    <div className="flex flex-wrap gap-2">
      <Button look="outlined" aria-label={t('editOf', { name })} onClick={onEdit}>
        {t('edit')}
      </Button>
      {active && (
        <Button look="outlined" disabled={poll.isPending} onClick={() => poll.mutate()}>
          {t('poll')}
        </Button>
      )}
      <Button look="outlined" disabled={act.isPending} onClick={() => act.mutate()}>
        {t(word)}
      </Button>
      <AskFirst
        act={t('remove')}
        means={t('removeMeans', { name })}
        now={t('removeNow')}
        onSure={() => remove.mutateAsync()}
      />
    </div>
  );
}
