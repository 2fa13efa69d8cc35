'use client';
import { useTranslations } from 'next-intl';
import type { AttributeValues } from '../contacts/attribute-value';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import type { Product } from '../data/products';
import { useAct } from '../data/use-act';
import { useRouter } from '../i18n/navigation';
import type { ProductForm } from './product-contract';
import { bodyOf } from './product-values';

interface Given {
  given: ProductForm;
  /** All of them. */
  attributes: AttributeValues;
}

/** Makes a product of what its form holds and goes to it, or changes the one that is there. */
export function useSaveProduct(product: Product | null, zone: string) {
  const t = useTranslations('products');
  const acts = useTranslations('acts');
  const router = useRouter();
  return useAct({
    do: ({ given, attributes }: Given) => {
      const body = { ...bodyOf(given, zone, product), attributes };
      return product
        ? answerOf(halyard.PATCH('/products/{id}', { params: { path: { id: product.id } }, body }))
        : answerOf(halyard.POST('/products', { body }));
    },
    changes: ['products', 'bookings', 'booking'],
    tellsErrors: true,
    done: ({ id, name }) => {
      if (product) return { text: acts('saved') };
      router.push(`/products?id=${id}`);
      return { text: t('created', { name }) };
    },
  });
}
