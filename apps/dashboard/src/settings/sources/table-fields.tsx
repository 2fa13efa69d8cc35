'use client';
import { useTranslations } from 'next-intl';
import { ChoiceField, Field } from '../../components/field';
import type { SourceDraft } from './source-draft';

export interface FieldsProps {
  draft: SourceDraft;
  /** What the API said of single fields. */
  issues: Readonly<Record<string, string>>;
  onChange: (changes: Partial<SourceDraft>) => void;
}

const ways = ['verify', 'require', 'disable'] as const satisfies SourceDraft['tls'][];

/** Where the table is. `server`: where it is by now, whose address nobody can read again. */
export function TableFields({ draft, issues, server, onChange }: FieldsProps & { server: string | null }) {
  const t = useTranslations('settings.sources');
  return (
    <div className="grid grid-cols-1 items-start gap-5 sm:grid-cols-2">
      <Field
        label={t('name')}
        hint={t('nameHint')}
        value={draft.name}
        error={issues.name && t('wrong.name')}
        onChange={({ target }) => onChange({ name: target.value })}
        className="sm:col-span-2"
      />
      <Field
        label={t('url')}
        hint={server ? t('urlKept', { server }) : t('urlHint')}
        placeholder="postgres://user:password@host:5432/database"
        autoComplete="off"
        spellCheck={false}
        value={draft.url}
        error={issues.url && t('wrong.url')}
        onChange={({ target }) => onChange({ url: target.value })}
        className="sm:col-span-2"
      />
      <Field
        label={t('table')}
        hint={t('tableHint')}
        autoComplete="off"
        spellCheck={false}
        value={draft.table}
        error={issues.table && t('wrong.table')}
        onChange={({ target }) => onChange({ table: target.value })}
      />
      <Field
        label={t('schema')}
        hint={t('schemaHint')}
        autoComplete="off"
        spellCheck={false}
        value={draft.schema}
        error={issues.schema && t('wrong.table')}
        onChange={({ target }) => onChange({ schema: target.value })}
      />
      <ChoiceField
        label={t('tls')}
        hint={t(`tlsHint.${draft.tls}`)}
        value={draft.tls}
        options={ways.map((one) => [one, t(`tlsWays.${one}`)])}
        onChange={({ target }) => onChange({ tls: target.value as SourceDraft['tls'] })}
        className="sm:col-span-2"
      />
    </div>
  );
}
