'use client';
import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import { AskFirst } from '../components/ask-first';
import { Button } from '../components/button';
import type { Campaign } from '../data/campaigns';
import { audienceQuery } from '../data/campaigns';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { useAct } from '../data/use-act';
import { useRouter } from '../i18n/navigation';
import { useCampaignAct } from './use-campaign-act';

interface Props {
  campaign: Campaign;
  onEdit: (() => void) | null;
}

/** What can be done with a campaign, as it stands. What reaches people, or ends it, is asked about with its numbers. */
export function CampaignActs({ campaign, onEdit }: Props) {
  const t = useTranslations('campaign');
  const { id, status, occurrence } = campaign;
  const act = useCampaignAct(id);
  const waits = status === 'draft' || status === 'scheduled';
  return (
    <>
      {onEdit && (
        <Button look="outlined" onClick={onEdit}>
          {t('edit')}
        </Button>
      )}
      {status === 'draft' && <Remove campaign={campaign} />}
      {(status === 'scheduled' || status === 'running') && (
        <Button look="outlined" disabled={act.isPending} onClick={() => act.mutate('pause')}>
          {t('pause')}
        </Button>
      )}
      {(status === 'scheduled' || status === 'running' || status === 'paused') && (
        <AskFirst
          act={t('cancel')}
          means={t('cancelMeans', { open: occurrence?.open ?? 0 })}
          now={t('cancelNow')}
          onSure={() => act.mutateAsync('cancel')}
        />
      )}
      {status === 'paused' && (
        <Button disabled={act.isPending} onClick={() => act.mutate('resume')}>
          {t('resume')}
        </Button>
      )}
      {waits && <Start campaign={campaign} onSure={() => act.mutateAsync('start')} />}
    </>
  );
}

function Start({ campaign: { audience }, onSure }: { campaign: Campaign; onSure: () => Promise<unknown> }) {
  const t = useTranslations('campaign');
  const format = useFormatter();
  const { data } = useQuery(audienceQuery(audience));
  const count = data?.count ?? 0;
  const means = !data
    ? t('counting')
    : data.complete
      ? t('startMeans', { count })
      : t('startMeansMore', { count: format.number(count) });
  return (
    <AskFirst
      act={t('start')}
      means={means}
      now={data ? t('startNow', { count }) : t('start')}
      look="filled"
      disabled={data?.complete === true && count === 0}
      onSure={onSure}
    />
  );
}

function Remove({ campaign: { id, name } }: { campaign: Campaign }) {
  const t = useTranslations('campaign');
  const router = useRouter();
  const remove = useAct({
    do: () => answerOf(halyard.DELETE('/campaigns/{id}', { params: { path: { id } } })),
    changes: ['campaigns'],
    done: () => {
      router.push('/campaigns');
      return { text: t('did.remove', { name }) };
    },
  });
  return (
    <AskFirst
      act={t('remove')}
      means={t('removeMeans')}
      now={t('removeNow')}
      onSure={() => remove.mutateAsync()}
    />
  );
}
