'use client';
import { useTranslations } from 'next-intl';
import { At } from '../../components/at';
import { Button } from '../../components/button';
import type { SourceLook } from '../../data/settings';

interface Props {
  look: SourceLook | undefined;
  busy: boolean;
  onTry: () => void;
}

type Words = ReturnType<typeof useTranslations<'settings.sources.problems'>>;

/** What would become of the first row that waits, before anything is taken. */
export function FirstRow({ look, busy, onTry }: Props) {
  const t = useTranslations('settings.sources');
  return (
    <section className="grid gap-3" aria-labelledby="first-row">
      <h3 id="first-row" className="text-base">
        {t('firstRow')}
      </h3>
      <div className="grid gap-2 text-sm" aria-live="polite">
        {look?.ok && <Found look={look} />}
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Button look="outlined" disabled={busy} onClick={onTry}>
          {t(busy ? 'looking' : 'try')}
        </Button>
        <p className="text-sm text-ink-soft">{t('tryHint')}</p>
      </div>
    </section>
  );
}

function Found({ look: { pending, item, problem, field } }: { look: SourceLook }) {
  const t = useTranslations('settings.sources');
  const problems = useTranslations('settings.sources.problems');
  const channel = useTranslations('channels');
  const key = field?.split('.').slice(0, 2).join('_') as Parameters<Words>[0] | undefined;
  return (
    <>
      {pending !== null && <p>{t('waiting', { count: pending })}</p>}
      {problem !== null && (
        <div className="border-l-4 border-flare bg-flare-wash px-3 py-2 break-words">
          <p>{key && problems.has(key) ? problems(key) : t('wrongRow')}</p>
          <p className="text-ink-soft">{problem}</p>
        </div>
      )}
      {item && (
        <div className="grid gap-1 border-l-4 border-kelp bg-kelp-wash px-3 py-2 break-words">
          <p className="font-semibold">
            {item.to
              ? t('wouldGoTo', { channel: channel(item.channel), to: item.to })
              : t('wouldGo', { channel: channel(item.channel) })}
            {', '}
            {item.schedule_at ? <At instant={item.schedule_at} /> : t('atOnce')}
          </p>
          {item.subject && <p>{item.subject}</p>}
          <p className="line-clamp-3 text-ink-soft">{item.body}</p>
        </div>
      )}
    </>
  );
}
