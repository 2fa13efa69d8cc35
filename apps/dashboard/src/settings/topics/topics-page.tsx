'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from '../../components/button';
import { Empty } from '../../components/empty';
import { topicsQuery } from '../../data/settings';
import { useAddress } from '../../i18n/use-address';
import { useMay } from '../../shell/use-may';
import { Asked } from '../asked';
import { SettingsPage } from '../settings-page';
import { TopicForm } from './topic-form';
import { TopicRow } from './topic-row';

/** What contacts can choose to hear about, in the words that they are asked with. */
export function TopicsPage() {
  const t = useTranslations('settings.topics');
  const { values, set } = useAddress(['edit']);
  const may = useMay();
  const query = useQuery(topicsQuery);
  const close = () => set({ edit: '' });
  const editing = may('editor') ? values.edit : '';
  return (
    <SettingsPage
      part="topics"
      actions={may('editor') && !editing && <Button onClick={() => set({ edit: '*' })}>{t('add')}</Button>}
    >
      <div className="grid grid-cols-1 gap-5">
        {editing === '*' && <TopicForm onClose={close} />}
        <div className="overflow-hidden rounded-lg border border-rope bg-sail">
          <Asked query={query}>
            {({ items }) =>
              items.length ? (
                <ul className="divide-y divide-rope">
                  {items.map((topic) =>
                    topic.key === editing ? (
                      <li key={topic.key} className="p-3">
                        <TopicForm topic={topic} onClose={close} />
                      </li>
                    ) : (
                      <TopicRow key={topic.key} topic={topic} onEdit={() => set({ edit: topic.key })} />
                    ),
                  )}
                </ul>
              ) : (
                <Empty title={t('none')}>{t('noneHint')}</Empty>
              )
            }
          </Asked>
        </div>
      </div>
    </SettingsPage>
  );
}
