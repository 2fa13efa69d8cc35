'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { At } from '../components/at';
import type { Column } from '../components/data-table';
import { DataTable } from '../components/data-table';
import { Empty } from '../components/empty';
import { Listing } from '../components/listing';
import { Select } from '../components/select';
import type { Campaign, Recipient } from '../data/campaigns';
import { recipientsQuery } from '../data/campaigns';
import { Flag } from '../design/flag';
import { useAddress } from '../i18n/use-address';
import { useReason } from '../messages/reason';
import { recipientSignals } from './campaign-signals';
import { recipientStatuses } from './recipient-statuses';

/** Everybody whom the latest start means, each with what became of it. */
export function Recipients({ campaign: { id, status: now } }: { campaign: Campaign }) {
  const t = useTranslations();
  const { values, set } = useAddress(['status']);
  const query = useInfiniteQuery(recipientsQuery(id, values.status, now === 'running'));
  return (
    <section aria-label={t('campaign.recipients.title')} className="min-w-0">
      <div className="mb-3 flex flex-wrap items-end justify-between gap-3">
        <h2 className="text-base">{t('campaign.recipients.title')}</h2>
        <Select
          label={t('campaign.recipients.filter')}
          value={values.status}
          options={[
            ['', t('list.all')],
            ...recipientStatuses.map((one) => [one, t(`campaign.recipients.status.${one}`)] as const),
          ]}
          onChange={(status) => set({ status })}
        />
      </div>
      <Listing
        query={query}
        none={
          <Empty title={t(values.status ? 'campaign.recipients.noneSuch' : 'campaign.recipients.none')} />
        }
      >
        {(recipients) => <RecipientTable recipients={recipients} />}
      </Listing>
    </section>
  );
}

function RecipientTable({ recipients }: { recipients: readonly Recipient[] }) {
  const t = useTranslations('campaign.recipients');
  const reasonOf = useReason();
  const columns = useMemo<Column<Recipient>[]>(
    () => [
      {
        id: 'who',
        title: t('who'),
        cell: ({ contact, address }) => contact?.name ?? address ?? contact?.address ?? t('unnamed'),
      },
      {
        id: 'status',
        title: t('what'),
        cell: ({ status, reason }) => (
          <>
            <span className="inline-flex items-center gap-1.5 font-semibold">
              <Flag signal={recipientSignals[status]} />
              {t(`status.${status}`)}
            </span>
            {reason && <span className="block text-xs text-ink-soft">{reasonOf(reason)}</span>}
          </>
        ),
      },
      { id: 'answer', title: t('answer'), cell: (row) => <Answer recipient={row} /> },
    ],
    [t, reasonOf],
  );
  return (
    <DataTable
      label={t('title')}
      rows={recipients}
      columns={columns}
      keyOf={({ contact_id }) => contact_id}
      href={({ message_id, contact_id }) =>
        message_id ? `/message?id=${message_id}` : `/contact?id=${contact_id}`
      }
    />
  );
}

/** The latest that is known of what they did with it. */
function Answer({ recipient }: { recipient: Recipient }) {
  const t = useTranslations('campaign.answers');
  const latest = (['clicked', 'opened', 'delivered', 'sent'] as const).find(
    (name) => recipient[`${name}_at`],
  );
  const at = latest && recipient[`${latest}_at`];
  if (!at) return null;
  return (
    <>
      {t(latest)} <At instant={at} className="text-ink-soft" />
    </>
  );
}
