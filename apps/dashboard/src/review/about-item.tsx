'use client';
import { useTranslations } from 'next-intl';
import { JsonDetails } from '../components/json-details';
import type { ReviewItem } from '../data/review';
import { Link } from '../i18n/navigation';

/** What the item is about: the way there, and for who knows what it means, the facts. */
export function AboutItem({ item: { subject, detail } }: { item: ReviewItem }) {
  const t = useTranslations('review');
  const { input: _, issues: __, ...facts } = detail as Record<string, unknown>;
  const there = addressOf(subject);
  return (
    <>
      {there && (
        <Link
          className="inline-flex min-h-11 items-center text-sea underline underline-offset-3 sm:min-h-6"
          href={there.href}
        >
          {t(`to.${there.name}`)}
        </Link>
      )}
      {Object.keys(facts).length > 0 && <JsonDetails title={t('facts')} facts={facts} />}
    </>
  );
}

function addressOf({ type, id }: ReviewItem['subject']) {
  switch (type) {
    case 'message':
      return { name: 'message', href: `/message?id=${id}` } as const;
    case 'import':
      return { name: 'import', href: `/import?id=${id}` } as const;
    case 'delivery':
      return { name: 'settings', href: '/settings/webhooks' } as const;
    default:
      return null;
  }
}
