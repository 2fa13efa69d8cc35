'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { At } from '../components/at';
import type { Column } from '../components/data-table';
import { DataTable } from '../components/data-table';
import type { Campaign } from '../data/campaigns';
import { CampaignStatus } from './campaign-status';
import { ProgressBar } from './progress-bar';

export function CampaignTable({ campaigns }: { campaigns: readonly Campaign[] }) {
  const t = useTranslations('campaigns');
  const columns = useMemo<Column<Campaign>[]>(
    () => [
      { id: 'name', title: t('columns.name'), cell: ({ name }) => name },
      { id: 'status', title: t('columns.status'), cell: (row) => <CampaignStatus status={row.status} /> },
      { id: 'progress', title: t('columns.progress'), cell: (row) => <Progress campaign={row} /> },
      { id: 'when', title: t('columns.when'), right: true, cell: (row) => <When campaign={row} /> },
    ],
    [t],
  );
  return (
    <DataTable
      label={t('title')}
      rows={campaigns}
      columns={columns}
      keyOf={({ id }) => id}
      href={({ id }) => `/campaign?id=${id}`}
    />
  );
}

function Progress({ campaign: { occurrence, name } }: { campaign: Campaign }) {
  const t = useTranslations('campaigns');
  if (!occurrence) return <span className="text-ink-soft">{t('notStarted')}</span>;
  const { recipients, open, progress } = occurrence;
  return (
    <div className="grid max-w-56 gap-1">
      <ProgressBar label={t('progressOf', { name })} value={progress} className="h-1.5" />
      <span className="text-xs text-ink-soft">
        {t('doneOf', { done: recipients - open, all: recipients })}
      </span>
    </div>
  );
}

function When({ campaign: { occurrence, next_start_at, created_at } }: { campaign: Campaign }) {
  const t = useTranslations('campaigns');
  const [what, at] = next_start_at
    ? [t('starts'), next_start_at]
    : occurrence?.finished_at
      ? [t('ended'), occurrence.finished_at]
      : occurrence
        ? [t('started'), occurrence.started_at]
        : [t('written'), created_at];
  return (
    <>
      <span className="text-ink-soft">{what}</span> <At instant={at} className="sm:whitespace-nowrap" />
    </>
  );
}
