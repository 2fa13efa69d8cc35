'use client';
import type { Schema } from '@halyard/client/client';
import { useTranslations } from 'next-intl';
import { AskFirst } from '../../components/ask-first';
import { Button } from '../../components/button';
import { halyard } from '../../data/halyard';
import { answerOf } from '../../data/problem';
import type { InboundHook } from '../../data/settings';
import { useAct } from '../../data/use-act';

interface Props {
  hook: InboundHook;
  onEdit: () => void;
  onSecrets: (hook: Schema<'InboundHookWithSecrets'>) => void;
}

/** Edit, pause and resume, renew the secrets, remove. */
export function HookActions({ hook: { id, name, status, signature, bearer }, onEdit, onSecrets }: Props) {
  const t = useTranslations('settings.inboundHooks');
  const acts = useTranslations('acts');
  const at = { params: { path: { id } } };
  const changes = ['inbound-hooks'];
  const patch = (to: InboundHook['status']) =>
    answerOf(halyard.PATCH('/inbound-hooks/{id}', { ...at, body: { status: to } }));
  const resume = useAct({
    do: () => patch('active'),
    changes,
    done: () => ({ text: t('did.active') }),
  });
  const pause = useAct({
    do: () => patch('paused'),
    changes,
    done: () => ({ text: t('did.paused'), undo: () => resume.mutate() }),
  });
  const rotate = useAct({
    do: () => answerOf(halyard.POST('/inbound-hooks/{id}/rotate', at)),
    changes,
    done: (renewed) => {
      onSecrets(renewed);
      return null;
    },
  });
  const remove = useAct({
    do: () => answerOf(halyard.DELETE('/inbound-hooks/{id}', at)),
    changes,
    done: () => ({ text: t('removed', { name }) }),
  });
  const [turn, word] = status === 'active' ? [pause, 'pause' as const] : [resume, 'resume' as const];
  return (
    <div className="flex flex-wrap gap-2">
      <Button look="outlined" aria-label={t('editOf', { name })} onClick={onEdit}>
        {acts('edit')}
      </Button>
      <Button look="outlined" disabled={turn.isPending} onClick={() => turn.mutate()}>
        {t(word)}
      </Button>
      {(signature || bearer) && (
        <AskFirst
          act={t('rotate')}
          means={t('rotateMeans')}
          now={t('rotateNow')}
          onSure={() => rotate.mutateAsync()}
        />
      )}
      <AskFirst
        act={t('remove')}
        means={t('removeMeans', { name })}
        now={t('removeNow')}
        onSure={() => remove.mutateAsync()}
      />
    </div>
  );
}
