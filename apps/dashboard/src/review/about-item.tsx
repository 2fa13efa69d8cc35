'use client';
import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
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
      {Object.keys(facts).length > 0 && (
        <details className="group min-w-0 max-w-full">
          <summary className="inline-flex min-h-11 list-none items-center gap-1 rounded-sm text-sea hover:underline sm:min-h-6 [&::-webkit-details-marker]:hidden">
            <ChevronRight className="size-4 transition-transform group-open:rotate-90" aria-hidden="true" />
            {t('facts')}
          </summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
          <pre tabIndex={0} className="mt-1 overflow-x-auto rounded-md bg-sunk p-3 text-xs">
            {JSON.stringify(facts, null, 2)}
          </pre>
        </details>
      )}
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
