import { useTranslations } from 'next-intl';
import { At } from '../components/at';

/** Over every page of an installation that was restored from a backup and not released yet. */
export function StandingStill({ since }: { since: string }) {
  const t = useTranslations('shell.standingStill');
  return (
    <div role="status" className="mb-6 grid gap-1 border-l-4 border-flare bg-flare-wash px-4 py-3 text-sm">
      <p className="font-semibold text-flare-ink">
        {t.rich('restored', { at: () => <At instant={since} as="full" /> })}
      </p>
      <p>{t.rich('release', { command: (words) => <code>{words}</code> })}</p>
    </div>
  );
}
