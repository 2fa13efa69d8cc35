'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../components/button';
import { endpointsQuery } from '../../data/settings';
import { useAddress } from '../../i18n/use-address';
import { useMay } from '../../shell/use-may';
import { Asked } from '../asked';
import { SettingsPage } from '../settings-page';
import { ShownOnce } from '../shown-once';
import { EndpointForm } from './endpoint-form';
import { EndpointList } from './endpoint-list';
import { EndpointView } from './endpoint-view';

/** Addresses that are told of what happens: all of them, or one with what it was told. */
export function WebhooksPage() {
  const t = useTranslations('settings.webhooks');
  const may = useMay();
  const { values, set } = useAddress(['id', 'add']);
  const [secret, setSecret] = useState<string | null>(null);
  const query = useQuery({ ...endpointsQuery, enabled: may('editor') });
  const adding = values.add && may('admin');
  return (
    <SettingsPage
      part="webhooks"
      actions={
        !values.id &&
        !adding &&
        may('admin') && <Button onClick={() => set({ add: 'yes' })}>{t('add')}</Button>
      }
    >
      <div className="grid grid-cols-1 gap-5">
        {secret && (
          <ShownOnce
            title={t('secretTitle')}
            label={t('secret')}
            text={secret}
            onClose={() => setSecret(null)}
          >
            {t('secretText')}
          </ShownOnce>
        )}
        {adding && (
          <EndpointForm
            onSaved={(made) => {
              setSecret(made);
              set({ add: '' });
            }}
            onClose={() => set({ add: '' })}
          />
        )}
        <Asked query={query}>
          {({ items }) =>
            values.id ? (
              <EndpointView
                endpoint={items.find(({ id }) => id === values.id)}
                onSecret={setSecret}
                onClose={() => set({ id: '' })}
              />
            ) : (
              <EndpointList endpoints={items} onOpen={(id) => set({ id })} />
            )
          }
        </Asked>
      </div>
    </SettingsPage>
  );
}
