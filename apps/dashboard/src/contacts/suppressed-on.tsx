'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { AskFirst } from '../components/ask-first';
import { At } from '../components/at';
import type { SuppressedChannel } from '../data/contacts';
import { suppressionQuery } from '../data/contacts';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { useAct } from '../data/use-act';
import { useMay } from '../shell/use-may';

interface Props {
  channel: SuppressedChannel;
  address: string;
}

/** Says why an address is not written to on a channel, if it is not. */
export function SuppressedOn({ channel, address }: Props) {
  const t = useTranslations();
  const may = useMay();
  const { data } = useQuery(suppressionQuery(channel, address));
  const lift = useAct({
    do: () => answerOf(halyard.DELETE('/suppressions', { params: { query: { channel, address } } })),
    changes: ['suppressions'],
    done: () => ({ text: t('contact.lifted', { address }) }),
  });
  const suppression = data?.items[0];
  if (!suppression) return null;
  return (
    <div className="mt-2 grid gap-2 border-l-4 border-flare bg-flare-wash px-3 py-2">
      <p className="text-flare-ink">
        <span className="font-semibold">
          {t('contact.suppressed', { channel: t(`channels.${channel}`) })}
        </span>{' '}
        {t(`contact.suppressions.${suppression.reason}`)} · <At instant={suppression.created_at} />
      </p>
      {may('admin') && (
        <div className="flex justify-start">
          <AskFirst
            act={t('contact.lift')}
            means={t('contact.liftMeans')}
            now={t('contact.liftNow')}
            onSure={() => lift.mutateAsync()}
          />
        </div>
      )}
    </div>
  );
}
