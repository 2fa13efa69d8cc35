'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from '../../components/button';
import { Empty } from '../../components/empty';
import { Listing } from '../../components/listing';
import type { SuppressionFilter } from '../../data/settings';
import { suppressionsQuery } from '../../data/settings';
import { useAddress } from '../../i18n/use-address';
import { useMay } from '../../shell/use-may';
import { SettingsPage } from '../settings-page';
import { SuppressForm } from './suppress-form';
import { SuppressionFilters } from './suppression-filters';
import { SuppressionRow } from './suppression-row';

/** Addresses that nothing is sent to. */
export function SuppressionsPage() {
  const t = useTranslations('settings.suppressions');
  const list = useTranslations('list');
  const may = useMay();
  const { values: filter, narrowed, set, clear } = useAddress(['channel', 'reason', 'address']);
  const adding = useAddress(['add']);
  const query = useInfiniteQuery(suppressionsQuery(filter as SuppressionFilter));
  return (
    <SettingsPage
      part="suppressions"
      actions={
        may('editor') &&
        !adding.values.add && <Button onClick={() => adding.set({ add: 'yes' })}>{t('add')}</Button>
      }
    >
      {may('editor') && adding.values.add && <SuppressForm onClose={() => adding.set({ add: '' })} />}
      <SuppressionFilters filter={filter} onChange={set} onClear={narrowed ? clear : null} />
      <Listing
        query={query}
        none={
          <Empty title={t(narrowed ? 'noneSuch' : 'none')}>
            {narrowed ? (
              <Button look="outlined" onClick={clear}>
                {list('clear')}
              </Button>
            ) : (
              t('noneHint')
            )}
          </Empty>
        }
      >
        {(suppressions) => (
          <ul className="divide-y divide-rope">
            {suppressions.map((one) => (
              <SuppressionRow key={`${one.channel} ${one.address} ${one.created_at}`} suppression={one} />
            ))}
          </ul>
        )}
      </Listing>
    </SettingsPage>
  );
}
