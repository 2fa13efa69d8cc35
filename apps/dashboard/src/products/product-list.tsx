'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { At } from '../components/at';
import { buttonStyle } from '../components/button';
import type { Column } from '../components/data-table';
import { DataTable } from '../components/data-table';
import { Empty } from '../components/empty';
import { Listing } from '../components/listing';
import type { Product } from '../data/products';
import { productPages } from '../data/products';
import { Link } from '../i18n/navigation';
import { useMay } from '../shell/use-may';

export function ProductList() {
  const t = useTranslations('products');
  const may = useMay();
  const query = useInfiniteQuery(productPages);
  const columns = useMemo<Column<Product>[]>(() => {
    const at = (instant: string | null) => (instant ? <At instant={instant} /> : '–');
    return [
      { id: 'name', title: t('fields.name'), cell: ({ name }) => name },
      { id: 'kind', title: t('fields.kind'), cell: ({ kind }) => kind },
      { id: 'start', title: t('fields.start'), cell: ({ starts_at }) => at(starts_at) },
      { id: 'end', title: t('fields.end'), cell: ({ ends_at }) => at(ends_at) },
      { id: 'place', title: t('fields.place'), cell: ({ location }) => location.name ?? '–' },
      { id: 'key', title: t('fields.key'), hidden: true, cell: ({ key }) => key ?? '–' },
    ];
  }, [t]);
  return (
    <Listing
      query={query}
      none={
        <Empty signal="waiting" title={t('none')}>
          <p>{t('noneHint')}</p>
          {may('editor') && (
            <p className="mt-4">
              <Link className={buttonStyle({ look: 'outlined' })} href="/products?new=1">
                {t('newFirst')}
              </Link>
            </p>
          )}
        </Empty>
      }
    >
      {(products) => (
        <DataTable
          label={t('title')}
          name="products"
          rows={products}
          columns={columns}
          keyOf={({ id }) => id}
          href={({ id }) => `/products?id=${id}`}
        />
      )}
    </Listing>
  );
}
