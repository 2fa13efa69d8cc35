'use client';
import { useTranslations } from 'next-intl';
import { Button } from '../../components/button';
import { halyard } from '../../data/halyard';
import { answerOf } from '../../data/problem';
import type { Connection } from '../../data/queries';
import { useAct } from '../../data/use-act';

/** Test, pause or resume, change. */
export function ConnectionActions({
  connection: { id, name, status },
  onOpen,
}: {
  connection: Connection;
  onOpen: () => void;
}) {
  const t = useTranslations();
  const words = useTranslations('settings.connections');
  const at = { params: { path: { id } } };
  const test = useAct({
    do: () => answerOf(halyard.POST('/connections/{id}/test', at)),
    changes: ['connections'],
  });
  const resume = useAct({
    do: () => answerOf(halyard.POST('/connections/{id}/resume', at)),
    changes: ['connections'],
    done: () => ({ text: words('resumed', { name }) }),
  });
  const pause = useAct({
    do: () => answerOf(halyard.POST('/connections/{id}/pause', at)),
    changes: ['connections'],
    done: () => ({ text: words('paused', { name }), undo: () => resume.mutate() }),
  });
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button look="outlined" disabled={test.isPending} onClick={() => test.mutate()}>
        {words(test.isPending ? 'testing' : 'test')}
      </Button>
      {status === 'paused' ? (
        <Button look="outlined" disabled={resume.isPending} onClick={() => resume.mutate()}>
          {words('resume')}
        </Button>
      ) : (
        <Button look="outlined" disabled={pause.isPending} onClick={() => pause.mutate()}>
          {words('pause')}
        </Button>
      )}
      <Button look="plain" onClick={onOpen} aria-label={words('editNamed', { name })}>
        {t('acts.edit')}
      </Button>
      {test.data && (
        <p role="status" className={test.data.ok ? 'text-sm text-kelp-ink' : 'text-sm text-flare-ink'}>
          {test.data.ok ? words('testWorked') : words('testFailed', { reason: test.data.reason ?? '–' })}
        </p>
      )}
    </div>
  );
}
