'use client';
import { useTranslations } from 'next-intl';
import { AskFirst } from '../components/ask-first';
import { halyard } from '../data/halyard';
import type { Import } from '../data/imports';
import { isMoving } from '../data/imports';
import { answerOf } from '../data/problem';
import { useAct } from '../data/use-act';
import { useMay } from '../shell/use-may';

/** Stops an import under way. */
export function CancelImport({ of: one }: { of: Import }) {
  const t = useTranslations('imports');
  const may = useMay();
  const cancel = useAct({
    do: () => answerOf(halyard.POST('/imports/{id}/cancel', { params: { path: { id: one.id } } })),
    changes: ['imports', 'contacts'],
    done: () => ({ text: t('cancelled') }),
  });
  if (!isMoving(one) || !may('editor')) return null;
  return (
    <AskFirst
      act={t(one.dry_run ? 'stopCheck' : 'stop')}
      means={t(one.dry_run ? 'stopCheckMeans' : 'stopMeans', { count: one.rows_read - one.rejected })}
      now={t('stopNow')}
      onSure={() => cancel.mutateAsync()}
    />
  );
}
