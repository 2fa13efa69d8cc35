'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Empty } from '../components/empty';
import { PageHead } from '../components/page-head';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import { isRefused } from '../data/problem';
import { productQuery } from '../data/products';
import { organizationQuery } from '../data/queries';
import { useMay } from '../shell/use-may';
import { DeleteProduct } from './delete-product';
import { ProductBookings } from './product-bookings';
import { ProductForm } from './product-form';

/** One product: what it is, to be changed, and who has booked it. */
export function ProductDetail({ id }: { id: string }) {
  const t = useTranslations('products');
  const may = useMay();
  const { data: product, error, refetch } = useQuery(productQuery(id));
  const { data: organization } = useQuery(organizationQuery);
  const missing = isRefused(error, 'not_found') || isRefused(error, 'invalid_request');
  return (
    <>
      <PageHead
        back={{ href: '/products', text: t('title') }}
        title={missing ? t('missing') : (product?.name ?? t('loading'))}
      >
        {product && may('editor') && <DeleteProduct product={product} />}
      </PageHead>
      {missing ? (
        <Empty title={t('missing')}>{t('missingHint')}</Empty>
      ) : error ? (
        <Trouble error={error} again={() => void refetch()} />
      ) : product && organization ? (
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <ProductForm key={product.updated_at} product={product} zone={organization.time_zone} />
          <ProductBookings product={product} />
        </div>
      ) : (
        <Skeleton lines={10} className="py-5" />
      )}
    </>
  );
}
