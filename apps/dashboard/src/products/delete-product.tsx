'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { AskFirst } from '../components/ask-first';
import { bookingsOfProduct } from '../data/bookings';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import type { Product } from '../data/products';
import { useAct } from '../data/use-act';
import { useRouter } from '../i18n/navigation';

/** Only what nobody has booked can be deleted; of anything else it says why not. */
export function DeleteProduct({ product: { id, name } }: { product: Product }) {
  const t = useTranslations('products');
  const router = useRouter();
  const { data: booked } = useQuery(bookingsOfProduct(id));
  const remove = useAct({
    do: () => answerOf(halyard.DELETE('/products/{id}', { params: { path: { id } } })),
    changes: ['products'],
    done: () => {
      router.push('/products');
      return { text: t('deleted', { name }) };
    },
  });
  if (!booked) return null;
  if (booked.items.length > 0) return <p className="text-sm text-ink-soft">{t('inUse')}</p>;
  return (
    <AskFirst
      act={t('delete')}
      now={t('deleteNow')}
      means={t('deleteMeans', { name })}
      onSure={() => remove.mutateAsync()}
    />
  );
}
