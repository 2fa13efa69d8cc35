'use client';
import { useTranslations } from 'next-intl';
import { AskFirst } from '../../components/ask-first';
import { At } from '../../components/at';
import { halyard } from '../../data/halyard';
import { answerOf } from '../../data/problem';
import type { Suppression } from '../../data/settings';
import { useAct } from '../../data/use-act';
import { useMay } from '../../shell/use-may';

export function SuppressionRow({ suppression }: { suppression: Suppression }) {
  const t = useTranslations();
  const words = useTranslations('settings.suppressions');
  const may = useMay();
  const { channel, address, reason, created_at } = suppression;
  const remove = useAct({
    do: (address: string) =>
      answerOf(halyard.DELETE('/suppressions', { params: { query: { channel, address } } })),
    changes: ['suppressions'],
    done: (_, address) => ({ text: words('removed', { address }) }),
  });
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-3 text-sm sm:px-5">
      <div className="min-w-0 flex-1 basis-64">
        <p className="font-semibold break-words">{address ?? words('erased')}</p>
        <p className="text-ink-soft">
          {t(`channels.${channel}`)} · {words(`reasons.${reason}`)} · <At instant={created_at} />
        </p>
      </div>
      {address && may('admin') && (
        <AskFirst
          act={words('remove')}
          means={words('removeMeans', { address })}
          now={words('removeNow')}
          onSure={() => remove.mutateAsync(address)}
        />
      )}
    </li>
  );
}
