'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button, buttonStyle } from '../components/button';
import { Empty } from '../components/empty';
import { anyBookingQuery } from '../data/bookings';
import { Link } from '../i18n/navigation';
import { useMay } from '../shell/use-may';

/** Nothing ahead, or nothing yet: then how a first booking comes about, and what it sets going. */
export function NoBookings({ onAll }: { onAll: () => void }) {
  const t = useTranslations('bookings');
  const may = useMay();
  const { data: any } = useQuery(anyBookingQuery);
  if (any)
    return (
      <Empty title={t('noneAhead')}>
        <Button look="outlined" onClick={onAll}>
          {t('showAll')}
        </Button>
      </Empty>
    );
  return (
    <Empty signal="waiting" title={t('none')}>
      <p>{t('noneHint')}</p>
      {may('editor') && (
        <p className="mt-4 flex flex-wrap justify-center gap-2">
          <Link className={buttonStyle({ look: 'outlined' })} href="/bookings?new=1">
            {t('newFirst')}
          </Link>
          <Link className={buttonStyle({ look: 'outlined' })} href="/recipes">
            {t('toRecipes')}
          </Link>
        </p>
      )}
    </Empty>
  );
}
