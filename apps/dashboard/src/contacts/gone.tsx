'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import { Button, buttonStyle } from '../components/button';
import { Empty } from '../components/empty';
import type { Contact } from '../data/contacts';
import { mergesQuery } from '../data/contacts';
import { Link } from '../i18n/navigation';
import { useMay } from '../shell/use-may';
import { useMergeActs } from './merge-acts';

/** A contact that is no more: merged into another one, or erased. */
export function Gone({ contact: { id, merged_into: other, erased_at } }: { contact: Contact }) {
  const t = useTranslations('contact');
  const may = useMay();
  const { data } = useQuery({ ...mergesQuery(id), enabled: other !== null });
  const { undo } = useMergeActs();
  const merge = data?.items.find((one) => one.merged_id === id && one.undone_at === null);
  if (!other)
    return (
      <Empty title={t('erased')}>
        {erased_at && <At instant={erased_at} />} · {t('erasedHint')}
      </Empty>
    );
  return (
    <Empty title={t('mergedAway')}>
      <p className="mb-4">{t('mergedAwayHint')}</p>
      <div className="flex flex-wrap justify-center gap-2">
        <Link href={`/contact?id=${other}`} className={buttonStyle({ look: 'filled' })}>
          {t('toWinner')}
        </Link>
        {merge && may('editor') && (
          <Button look="outlined" disabled={undo.isPending} onClick={() => undo.mutate(merge.id)}>
            {t('undoMerge')}
          </Button>
        )}
      </div>
    </Empty>
  );
}
