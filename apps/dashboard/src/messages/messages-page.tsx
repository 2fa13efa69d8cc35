'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../components/button';
import { Empty } from '../components/empty';
import { Listing } from '../components/listing';
import { PageHead } from '../components/page-head';
import { messagesQuery } from '../data/queries';
import { useTimes } from '../i18n/times';
import { useAddress } from '../i18n/use-address';
import { useMay } from '../shell/use-may';
import { FilterBar } from './filter-bar';
import { MessageTable } from './message-table';
import { SeveralActs } from './several-acts';

const filterNames = ['status', 'channel', 'class', 'source', 'contact_id'] as const;

/** The queue and the history. */
export function MessagesPage() {
  const t = useTranslations('messages');
  const times = useTimes();
  const { values: filter, narrowed, set, clear } = useAddress(filterNames);
  const query = useInfiniteQuery(messagesQuery(filter));
  const may = useMay()('editor');
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const messages = query.data?.pages.flatMap((page) => page.items) ?? [];
  const chosen = messages.filter(({ id }) => ticked.has(id));
  return (
    <>
      <PageHead title={t('title')} text={t('text', { zone: times.zone })} />
      <FilterBar
        filter={filter}
        onChange={(name, value) => set({ [name]: value })}
        onClear={narrowed ? clear : null}
      />
      {chosen.length > 0 && <SeveralActs messages={chosen} onDone={() => setTicked(new Set())} />}
      <Listing
        query={query}
        none={
          <Empty title={t(narrowed ? 'noneSuch' : 'none')}>
            {narrowed ? (
              <Button look="outlined" onClick={clear}>
                {t('clear')}
              </Button>
            ) : (
              t('noneHint')
            )}
          </Empty>
        }
      >
        {(listed) => <MessageTable messages={listed} {...(may && { ticked, onTick: setTicked })} />}
      </Listing>
    </>
  );
}
