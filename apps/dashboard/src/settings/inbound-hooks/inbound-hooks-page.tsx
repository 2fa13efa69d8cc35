'use client';
import type { Schema } from '@halyard/client/client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../components/button';
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
  const { values, set } = useAddress(['add']);
  const [made, setMade] = useState<Schema<'InboundHookWithSecrets'> | null>(null);
  const query = useQuery({ ...inboundHooksQuery, enabled: may });
  return (
    <SettingsPage
      part="inboundHooks"
      actions={!values.add && may && <Button onClick={() => set({ add: 'yes' })}>{t('add')}</Button>}
    >
      <div className="grid grid-cols-1 gap-5">
        {made && <HookSecrets hook={made} onClose={() => setMade(null)} />}
        {values.add && may && (
          <HookForm
            onMade={(hook) => {
              setMade(hook);
              set({ add: '' });
            }}
            onClose={() => set({ add: '' })}
          />
        )}
        <Asked query={query}>{({ items }) => <HookList hooks={items} onSecrets={setMade} />}</Asked>
      </div>
    </SettingsPage>
  );
}
