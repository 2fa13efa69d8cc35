'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { Empty } from '../components/empty';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import { messagesQuery } from '../data/queries';
import { useTimes } from '../i18n/times';
import { useFilter } from './filter';
import { FilterBar } from './filter-bar';
import { MessageTable } from './message-table';

/** The queue and the history. */
export function MessagesPage() {
  const t = useTranslations('messages');
  const times = useTimes();
  const [filter, setFilter, clear] = useFilter();
  const query = useInfiniteQuery(messagesQuery(filter));
  const messages = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const narrowed = Object.values(filter).some((value) => value !== '');
  return (
    <>
      <header className="mb-5">
        <h1 className="text-xl">{t('title')}</h1>
        <p className="text-ink-soft">{t('text', { zone: times.zone })}</p>
      </header>
      <FilterBar filter={filter} onChange={setFilter} onClear={narrowed ? clear : null} />
      <div className="overflow-hidden rounded-lg border border-rope bg-sail">
        {query.error && <Trouble error={query.error} again={() => void query.refetch()} />}
        {query.isPending && <Skeleton lines={10} />}
        {query.data && messages.length === 0 && (
          <Empty title={t(narrowed ? 'noneSuch' : 'none')}>
            {narrowed ? (
              <Button look="outlined" onClick={clear}>
                {t('clear')}
              </Button>
            ) : (
              t('noneHint')
            )}
          </Empty>
        )}
        {messages.length > 0 && <MessageTable messages={messages} />}
      </div>
      {query.hasNextPage && (
        <div className="mt-4 text-center">
          <Button
            look="outlined"
            disabled={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t(query.isFetchingNextPage ? 'loadingMore' : 'more')}
          </Button>
        </div>
      )}
    </>
  );
}
