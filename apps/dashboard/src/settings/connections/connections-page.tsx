'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from '../../components/button';
import { Empty } from '../../components/empty';
import { connectionsQuery } from '../../data/queries';
import { useAddress } from '../../i18n/use-address';
import { useMay } from '../../shell/use-may';
import { Asked } from '../asked';
import { SettingsPage } from '../settings-page';
import { AddConnection } from './add-connection';
import { ConnectionList } from './connection-list';
import { EditConnection } from './edit-connection';

/** The accounts at providers that messages go out over. */
export function ConnectionsPage() {
  const t = useTranslations('settings.connections');
  const may = useMay();
  const { values, set } = useAddress(['id', 'add']);
  const query = useQuery(connectionsQuery);
  const close = () => set({ id: '', add: '' });
  const add = may('admin') && <Button onClick={() => set({ add: 'choose', id: '' })}>{t('add')}</Button>;
  return (
    <SettingsPage part="connections" actions={!values.id && !values.add && add}>
      {values.add && may('admin') ? (
        <AddConnection chosen={values.add} onChoose={(add) => set({ add })} onClose={close} />
      ) : (
        <Asked query={query} lines={8}>
          {({ items }) =>
            values.id ? (
              <EditConnection connection={items.find(({ id }) => id === values.id)} onClose={close} />
            ) : (
              <div className="overflow-hidden rounded-lg border border-rope bg-sail">
                {items.length ? (
                  <ConnectionList connections={items} onOpen={(id) => set({ id })} />
                ) : (
                  <Empty title={t('none')}>
                    <p className="mb-3">{t('noneHint')}</p>
                  </Empty>
                )}
              </div>
            )
          }
        </Asked>
      )}
    </SettingsPage>
  );
}
