'use client';
import { useTranslations } from 'next-intl';
import { Button } from '../../components/button';
import { CopiedText } from '../../components/copied-text';
import { halyard } from '../../data/halyard';
import { answerOf } from '../../data/problem';
import { useAct } from '../../data/use-act';
import { Flag } from '../../design/flag';

/** Recomputes the chain, and says what came of it. */
export function Verification() {
  const t = useTranslations('settings.audit');
  const verify = useAct({
    do: () => answerOf(halyard.POST('/audit/verify')),
    changes: [],
  });
  const answer = verify.data;
  return (
    <section className="mb-5 grid gap-3 rounded-lg border border-rope bg-sail px-4 py-4 sm:px-5">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="min-w-0 flex-1 basis-72 text-sm text-ink-soft">{t('verifyText')}</p>
        <Button look="outlined" disabled={verify.isPending} onClick={() => verify.mutate()}>
          {t(verify.isPending ? 'verifying' : 'verify')}
        </Button>
      </div>
      {answer && (
        <div role="status" className="grid gap-3">
          <p className="flex items-center gap-3 text-sm font-semibold">
            <Flag signal={answer.intact ? 'good' : 'bad'} className="size-5" />
            {answer.intact
              ? t('intact', { count: answer.checked })
              : t('broken', { seq: answer.broken_at ?? 0 })}
          </p>
          {answer.head && <CopiedText label={t('head')} text={answer.head} />}
        </div>
      )}
    </section>
  );
}
