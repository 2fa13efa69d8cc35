import { useTranslations } from 'next-intl';

/** As many lines as will probably come, so that nothing jumps when they do. */
export function Skeleton({ lines = 4, className = 'p-5' }: { lines?: number; className?: string }) {
  const t = useTranslations('states');
  return (
    <div className={`grid gap-3 ${className}`} role="status">
      <span className="sr-only">{t('loading')}</span>
      {Array.from({ length: lines }, (_, line) => `line ${line}`).map((line) => (
        <div key={line} className="skeleton h-5 odd:w-full even:w-3/4" />
      ))}
    </div>
  );
}

/** A name that is still loading, in the heading of its page: the heading is never empty. */
export function SkeletonTitle() {
  const t = useTranslations('states');
  return (
    <span className="skeleton inline-block h-6 w-52">
      <span className="sr-only">{t('loading')}</span>
    </span>
  );
}
