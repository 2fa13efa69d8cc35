'use client';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { Panel } from '../components/panel';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import { useTimes } from '../i18n/times';
import { TimelineEntry } from './timeline-entry';
import { useTimeline } from './use-timeline';

/** What happened, newest first, on one line. */
export function Timeline({ id }: { id: string }) {
  const t = useTranslations();
  const times = useTimes();
  const { entries, pending, error, again, more, loadingMore } = useTimeline(id);
  let day = '';
  return (
    <Panel title={t('contact.timeline')}>
      {error && <Trouble error={error} again={again} />}
      {pending ? (
        <Skeleton lines={6} />
      ) : (
        <div className="px-4 pt-1 pb-4 sm:px-5">
          {entries.length === 0 && <p className="pt-3 text-sm text-ink-soft">{t('contact.nothingYet')}</p>}
          <ol className="ml-2 border-l-2 border-rope">
            {entries.map((entry) => {
              const today = times.day(entry.at);
              const heading = today === day ? null : today;
              day = today;
              return (
                <li key={`${entry.kind} ${entry.id}`}>
                  {heading && (
                    <h3 className="pt-4 pb-1 pl-5 text-xs text-ink-soft first-letter:uppercase">{heading}</h3>
                  )}
                  <TimelineEntry entry={entry} />
                </li>
              );
            })}
          </ol>
          {more && (
            <Button look="outlined" className="mt-3" disabled={loadingMore} onClick={more}>
              {t(loadingMore ? 'list.loadingMore' : 'list.more')}
            </Button>
          )}
        </div>
      )}
    </Panel>
  );
}
