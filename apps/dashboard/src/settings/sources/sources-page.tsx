'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from '../../components/button';
import { Empty } from '../../components/empty';
import { organizationQuery } from '../../data/queries';
import { sourcesQuery } from '../../data/settings';
import { useAddress } from '../../i18n/use-address';
import { useMay } from '../../shell/use-may';
import { Asked } from '../asked';
import { SettingsPage } from '../settings-page';
import { SourceForm } from './source-form';
import { SourceList } from './source-list';

/** Tables of other services that messages are read from, and what is written back to them. */
export function SourcesPage() {
  const t = useTranslations('settings.sources');
  const may = useMay()('admin');
  const { values, set } = useAddress(['add', 'id']);
  const query = useQuery(sourcesQuery);
  const { data: organization } = useQuery(organizationQuery);
  const adding = values.add !== '' && may;
  const form = { userId: organization?.id ?? '', onClose: () => set({ add: '', id: '' }) };
  return (
    <SettingsPage
      part="sources"
      actions={
        may && !adding && !values.id && <Button onClick={() => set({ add: 'yes' })}>{t('add')}</Button>
      }
    >
      <div className="grid grid-cols-1 gap-5">
        {adding && organization && <SourceForm source={null} {...form} />}
        <Asked query={query}>
          {({ items }) => {
            const edited = items.find(({ id }) => id === values.id);
            if (values.id && !edited) return <Empty title={t('missing')}>{t('missingHint')}</Empty>;
            if (edited && may && organization)
              return <SourceForm key={edited.id} source={edited} {...form} />;
            return adding && items.length === 0 ? null : (
              <SourceList sources={items} onEdit={(id) => set({ add: '', id })} />
            );
          }}
        </Asked>
      </div>
    </SettingsPage>
  );
}
