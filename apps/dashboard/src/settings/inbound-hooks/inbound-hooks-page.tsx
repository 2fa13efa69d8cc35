'use client';
import type { Schema } from '@halyard/client/client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../components/button';
import { Empty } from '../../components/empty';
import { inboundHooksQuery } from '../../data/settings';
import { useAddress } from '../../i18n/use-address';
import { useMay } from '../../shell/use-may';
import { Asked } from '../asked';
import { SettingsPage } from '../settings-page';
import { HookForm } from './hook-form';
import { HookList } from './hook-list';
import { HookSecrets } from './hook-secrets';

/** Addresses where other systems push to, and what must hold for a request to be believed. */
export function InboundHooksPage() {
  const t = useTranslations('settings.inboundHooks');
  const may = useMay()('admin');
  const { values, set } = useAddress(['add', 'id']);
  const [made, setMade] = useState<Schema<'InboundHookWithSecrets'> | null>(null);
  const query = useQuery({ ...inboundHooksQuery, enabled: may });
  const adding = values.add !== '' && may;
  const form = { onSecrets: setMade, onClose: () => set({ add: '', id: '' }) };
  return (
    <SettingsPage
      part="inboundHooks"
      actions={
        may && !adding && !values.id && <Button onClick={() => set({ add: 'yes' })}>{t('add')}</Button>
      }
    >
      <div className="grid grid-cols-1 gap-5">
        {made && <HookSecrets hook={made} onClose={() => setMade(null)} />}
        {adding && <HookForm {...form} />}
        <Asked query={query}>
          {({ items }) => {
            const edited = items.find(({ id }) => id === values.id);
            if (values.id && !edited) return <Empty title={t('missing')}>{t('missingHint')}</Empty>;
            if (edited) return <HookForm key={edited.id} hook={edited} {...form} />;
            return <HookList hooks={items} onEdit={(id) => set({ add: '', id })} onSecrets={setMade} />;
          }}
        </Asked>
      </div>
    </SettingsPage>
  );
}
