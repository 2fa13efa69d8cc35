'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { At } from '../components/at';
import type { Column } from '../components/data-table';
import { DataTable } from '../components/data-table';
import type { Import } from '../data/imports';
import { ImportStatus } from './import-status';
import { useFigures } from './use-figures';

/** Imports and checks, newest first. */
export function ImportTable({ imports }: { imports: readonly Import[] }) {
  const t = useTranslations('imports');
  const { count } = useFigures();
  const columns = useMemo<Column<Import>[]>(
    () => [
      { id: 'file', title: t('columns.file'), cell: ({ file_name }) => file_name ?? t('unnamed') },
      { id: 'status', title: t('columns.status'), cell: (one) => <ImportStatus of={one} /> },
      { id: 'kind', title: t('columns.kind'), cell: (one) => t(one.dry_run ? 'check' : 'import') },
      {
        id: 'rows',
        title: t('columns.rows'),
        cell: (one) => count(one.rows_read),
        right: true,
      },
      {
        id: 'rejected',
        title: t('columns.rejected'),
        cell: ({ rejected }) => rejected > 0 && count(rejected),
        right: true,
      },
      {
        id: 'created_at',
        title: t('columns.when'),
        cell: (one) => <At instant={one.created_at} />,
        right: true,
      },
    ],
    [t, count],
  );
  return (
    <DataTable
      label={t('title')}
      rows={imports}
      columns={columns}
      keyOf={({ id }) => id}
      href={({ id }) => `/import?id=${id}`}
    />
  );
}
