'use client';
import { useTranslations } from 'next-intl';
import { AskFirst } from '../../components/ask-first';
import { Button } from '../../components/button';
import { halyard } from '../../data/halyard';
import { answerOf } from '../../data/problem';
import type { Endpoint } from '../../data/settings';
import { useAct } from '../../data/use-act';

interface Props {
  endpoint: Endpoint;
  onSecret: (secret: string) => void;
  onEdit: () => void;
  onRemoved: () => void;
}

/** Test, change, renew the secret, switch off and on, remove. */
export function EndpointActions({ endpoint: { id, url, status }, onSecret, onEdit, onRemoved }: Props) {
  const t = useTranslations('settings.webhooks');
  const acts = useTranslations('acts');
  const at = { params: { path: { id } } };
  const changes = ['endpoints', 'deliveries'];
  const test = useAct({
    do: () => answerOf(halyard.POST('/endpoints/{id}/test', at)),
    changes,
    done: () => ({ text: t('testSent') }),
  });
  const enable = useAct({
    do: () => answerOf(halyard.POST('/endpoints/{id}/enable', at)),
    changes,
    done: () => ({ text: t('enabled') }),
  });
  const disable = useAct({
    do: () => answerOf(halyard.POST('/endpoints/{id}/disable', at)),
    changes,
    done: () => ({ text: t('disabled'), undo: () => enable.mutate() }),
  });
  const rotate = useAct({
    do: () => answerOf(halyard.POST('/endpoints/{id}/rotate', at)),
    changes,
    done: ({ secret }) => {
      onSecret(secret);
      return null;
    },
  });
  const remove = useAct({
    do: () => answerOf(halyard.DELETE('/endpoints/{id}', at)),
    changes,
    done: () => ({ text: t('removed') }),
  });
  return (
    <div className="flex flex-wrap gap-2">
      {status === 'active' ? (
        <>
          <Button look="outlined" disabled={test.isPending} onClick={() => test.mutate()}>
            {t('test')}
          </Button>
          <Button look="outlined" disabled={disable.isPending} onClick={() => disable.mutate()}>
            {t('disable')}
          </Button>
        </>
      ) : (
        <Button look="outlined" disabled={enable.isPending} onClick={() => enable.mutate()}>
          {t('enable')}
        </Button>
      )}
      <Button look="outlined" onClick={onEdit}>
        {acts('edit')}
      </Button>
      <AskFirst
        act={t('rotate')}
        means={t('rotateMeans')}
        now={t('rotateNow')}
        onSure={() => rotate.mutateAsync()}
      />
      <AskFirst
        act={t('remove')}
        means={t('removeMeans', { url })}
        now={t('removeNow')}
        onSure={() => remove.mutateAsync().then(onRemoved)}
      />
    </div>
  );
}
