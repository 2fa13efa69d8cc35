'use client';
import { useTranslations } from 'next-intl';
import { Button } from '../../components/button';
import { Select } from '../../components/select';
import type { AuditFilter } from '../../data/settings';

const things = [
  'user',
  'organization',
  'invitation',
  'api_key',
  'connection',
  'endpoint',
  'contact',
  'topic',
  'suppression',
  'booking',
  'product',
  'course',
  'enrollment',
  'flow',
  'template',
  'campaign',
  'message',
  'import',
  'review_item',
  'outreach_tenant',
  'delivery',
] as const;

interface Props {
  filter: AuditFilter;
  onChange: (changes: Partial<AuditFilter>) => void;
  onClear: (() => void) | null;
}

/** By kind here; by one person, action or thing from a record. */
export function AuditFilters({ filter, onChange, onClear }: Props) {
  const t = useTranslations('settings.audit');
  const list = useTranslations('list');
  const one = [
    filter.actor_id && t('byOne'),
    filter.target_id && t('ofOne'),
    filter.action && <code key="action">{filter.action}</code>,
  ];
  return (
    <search className="mb-4 flex flex-wrap items-end gap-3">
      <Select
        label={t('about')}
        value={filter.target_type}
        options={[['', list('all')], ...things.map((thing) => [thing, t(`things.${thing}`)] as const)]}
        onChange={(target_type) => onChange({ target_type, target_id: '' })}
      />
      {one.some(Boolean) && <p className="flex flex-wrap gap-2 py-2 text-sm text-ink-soft">{one}</p>}
      {onClear && (
        <Button look="plain" onClick={onClear}>
          {list('clear')}
        </Button>
      )}
    </search>
  );
}
