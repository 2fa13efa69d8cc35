'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { Empty } from '../components/empty';
import { alertRulesQuery } from '../data/alerts';
import { useAddress } from '../i18n/use-address';
import { Asked } from '../settings/asked';
import { useMay } from '../shell/use-may';
import { OfferedRules } from './offered-rules';
import { RuleForm } from './rule-form';
import { RuleList } from './rule-list';

/** What is watched, each rule with how it stands; one of them to be written. */
export function RulesPart() {
  const t = useTranslations('alerts.rule');
  const may = useMay()('admin');
  const { values, set } = useAddress(['edit']);
  const query = useQuery(alertRulesQuery);
  const close = () => set({ edit: '' });
  return (
    <div className="grid grid-cols-1 gap-5">
      {may && !values.edit && (
        <div className="flex flex-wrap items-start gap-2">
          <Button onClick={() => set({ edit: 'new' })}>{t('add')}</Button>
          <OfferedRules />
        </div>
      )}
      {may && values.edit === 'new' && <RuleForm rule={null} onClose={close} />}
      <Asked query={query}>
        {({ items }) => {
          const edited = items.find(({ id }) => id === values.edit);
          if (edited && may) return <RuleForm key={edited.id} rule={edited} onClose={close} />;
          return (
            <div className="overflow-hidden rounded-lg border border-rope bg-sail">
              {items.length ? (
                <RuleList rules={items} onEdit={may ? (id) => set({ edit: id }) : null} />
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
