'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from '../../components/button';
import { Empty } from '../../components/empty';
import { Listing } from '../../components/listing';
import { auditQuery } from '../../data/settings';
import { useTimes } from '../../i18n/times';
import { useAddress } from '../../i18n/use-address';
import { useMay } from '../../shell/use-may';
import { SettingsPage } from '../settings-page';
import { AuditFilters } from './audit-filters';
import { AuditRow } from './audit-row';
import { Verification } from './verification';

/** Who changed what, newest first. */
export function AuditPage() {
  const t = useTranslations('settings.audit');
  const list = useTranslations('list');
  const times = useTimes();
  const enabled = useMay()('admin');
  const {
    values: filter,
    narrowed,
    set,
    clear,
  } = useAddress(['action', 'actor_id', 'target_type', 'target_id']);
  const query = useInfiniteQuery({ ...auditQuery(filter), enabled });
  return (
    <SettingsPage part="audit">
      <Verification />
      <AuditFilters filter={filter} onChange={set} onClear={narrowed ? clear : null} />
      <Listing
        query={query}
        none={
          <Empty title={t(narrowed ? 'noneSuch' : 'none')}>
            {narrowed && (
              <Button look="outlined" onClick={clear}>
                {list('clear')}
              </Button>
            )}
          </Empty>
        }
      >
        {(records) => (
          <ol className="divide-y divide-rope">
            {records.map((record) => (
              <AuditRow key={record.seq} record={record} onNarrow={set} />
            ))}
          </ol>
        )}
      </Listing>
      <p className="mt-3 text-sm text-ink-soft">{t('timesIn', { zone: times.zone })}</p>
    </SettingsPage>
  );
}
