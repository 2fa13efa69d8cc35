'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../components/button';
import { Empty } from '../../components/empty';
import { apiKeysQuery } from '../../data/settings';
import { useAddress } from '../../i18n/use-address';
import { useMay } from '../../shell/use-may';
import { Asked } from '../asked';
import { SettingsPage } from '../settings-page';
import { ShownOnce } from '../shown-once';
import { ApiKeyForm } from './api-key-form';
import { ApiKeyList } from './api-key-list';
import { Tenants } from './tenants';

/** Keys for other software, and the tenants of services whose outreach is taken. */
export function ApiKeysPage() {
  const t = useTranslations('settings.apiKeys');
  const { values, set } = useAddress(['add']);
  const [made, setMade] = useState<string | null>(null);
  const may = useMay();
  const query = useQuery({ ...apiKeysQuery, enabled: may('admin') });
  const onMade = (key: string) => {
    setMade(key);
    set({ add: '' });
  };
  return (
    <SettingsPage
      part="apiKeys"
      actions={!values.add && <Button onClick={() => set({ add: 'yes' })}>{t('add')}</Button>}
    >
      <div className="grid grid-cols-1 gap-5">
        {made && (
          <ShownOnce title={t('made')} label={t('key')} text={made} onClose={() => setMade(null)}>
            {t('madeText')}
          </ShownOnce>
        )}
        {values.add && <ApiKeyForm onMade={onMade} onClose={() => set({ add: '' })} />}
        <div className="overflow-hidden rounded-lg border border-rope bg-sail">
          <Asked query={query}>
            {({ items }) =>
              items.length ? <ApiKeyList keys={items} /> : <Empty title={t('none')}>{t('noneHint')}</Empty>
            }
          </Asked>
        </div>
        <Tenants />
      </div>
    </SettingsPage>
  );
}
