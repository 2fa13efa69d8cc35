'use client';
import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { PageHead } from '../components/page-head';
import { Skeleton } from '../components/skeleton';
import { organizationQuery } from '../data/queries';
import { useAddress } from '../i18n/use-address';
import { useMay } from '../shell/use-may';
import { ProductDetail } from './product-detail';
import { ProductList } from './product-list';

// The list comes with the page, the form when it is asked for.
const loading = () => <Skeleton lines={8} />;
const ProductForm = dynamic(() => import('./product-form').then((m) => m.ProductForm), {
  ssr: false,
  loading,
});

/** What can be booked: the list, one of them, or a form for a new one. */
export function ProductsPage() {
  const t = useTranslations('products');
  const may = useMay();
  const { data: organization } = useQuery(organizationQuery);
  const { values, set } = useAddress(['id', 'new'] as const);
  if (values.id) return <ProductDetail id={values.id} />;
  const making = values.new !== '' && may('editor');
  return (
    <>
      <PageHead title={t('title')} text={t('text')} back={{ href: '/bookings', text: t('toBookings') }}>
        {may('editor') && !making && <Button onClick={() => set({ new: '1' })}>{t('new')}</Button>}
      </PageHead>
      {making && organization ? (
        <ProductForm product={null} zone={organization.time_zone} onClose={() => set({ new: '' })} />
      ) : (
        <ProductList />
      )}
    </>
  );
}
