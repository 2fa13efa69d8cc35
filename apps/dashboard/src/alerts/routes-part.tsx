'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { Empty } from '../components/empty';
import { alertRoutesQuery } from '../data/alerts';
import { useAddress } from '../i18n/use-address';
import { Asked } from '../settings/asked';
import { useMay } from '../shell/use-may';
import { RouteForm } from './route-form';
import { RouteList } from './route-list';

/** Where people are told of alerts, by how bad they are. */
export function RoutesPart() {
  const t = useTranslations('alerts.route');
  const may = useMay()('admin');
  const { values, set } = useAddress(['edit']);
  const query = useQuery(alertRoutesQuery);
  const close = () => set({ edit: '' });
  return (
    <div className="grid grid-cols-1 gap-5">
      {may && !values.edit && (
        <div>
          <Button onClick={() => set({ edit: 'new' })}>{t('add')}</Button>
        </div>
      )}
      {may && values.edit === 'new' && <RouteForm route={null} onClose={close} />}
      <Asked query={query}>
        {({ items }) => {
          const edited = items.find(({ id }) => id === values.edit);
          if (edited && may) return <RouteForm key={edited.id} route={edited} onClose={close} />;
          return (
            <div className="overflow-hidden rounded-lg border border-rope bg-sail">
              {items.length ? (
                <RouteList routes={items} onEdit={may ? (id) => set({ edit: id }) : null} />
              ) : (
                <Empty title={t('none')}>{t('noneHint')}</Empty>
              )}
            </div>
          );
        }}
      </Asked>
    </div>
  );
}
