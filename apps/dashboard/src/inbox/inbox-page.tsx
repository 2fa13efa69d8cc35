'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { classNames } from '../components/class-names';
import { ListAndDetail } from '../components/list-and-detail';
import { Listing } from '../components/listing';
import { PageHead } from '../components/page-head';
import { SearchField } from '../components/search-field';
import { Select } from '../components/select';
import { inboxQuery } from '../data/inbox';
import { useTimes } from '../i18n/times';
import { useAddress } from '../i18n/use-address';
import { useMay } from '../shell/use-may';
import { ClearInbox } from './clear-inbox';
import { InboxList } from './inbox-list';
import { InboxMessage } from './inbox-message';
import { NothingArrived } from './nothing-arrived';

const channels = ['email', 'sms', 'whatsapp'] as const;

/** What the sandbox took instead of people: the list, and beside it one message as its recipient sees it. */
export function InboxPage() {
  const t = useTranslations();
  const times = useTimes();
  const may = useMay();
  const { values: filter, narrowed, set, clear } = useAddress(['recipient', 'channel']);
  const { values: chosen, set: choose } = useAddress(['id']);
  const query = useInfiniteQuery(inboxQuery(filter));
  const items = query.data?.pages.flatMap((page) => page.items) ?? [];
  const shown = chosen.id || items[0]?.id;
  return (
    <>
      <PageHead title={t('inbox.title')} text={t('inbox.text', { zone: times.zone })}>
        {items.length > 0 && may('editor') && (
          <div className={classNames(chosen.id && 'hidden lg:block')}>
            <ClearInbox onCleared={() => choose({ id: '' })} />
          </div>
        )}
      </PageHead>
      <ListAndDetail
        chosen={chosen.id !== ''}
        list={
          <>
            <search className="mb-3 grid grid-cols-[minmax(0,1fr)_auto] gap-3">
              <SearchField
                label={t('inbox.recipient')}
                value={filter.recipient}
                onSearch={(recipient) => set({ recipient })}
              />
              <Select
                label={t('inbox.channel')}
                value={filter.channel}
                options={[
                  ['', t('list.all')],
                  ...channels.map((one) => [one, t(`channels.${one}`)] as const),
                ]}
                onChange={(channel) => set({ channel })}
              />
            </search>
            <Listing query={query} none={<NothingArrived onClear={narrowed ? clear : null} />}>
              {(messages) => (
                <InboxList messages={messages} shown={shown} onChoose={(id) => choose({ id })} />
              )}
            </Listing>
          </>
        }
        detail={shown && <InboxMessage key={shown} id={shown} onBack={() => choose({ id: '' })} />}
      />
    </>
  );
}
