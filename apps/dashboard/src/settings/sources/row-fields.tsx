'use client';
import { useTranslations } from 'next-intl';
import { ChoiceField, Field } from '../../components/field';
import type { SourceLook } from '../../data/settings';
import type { SourceDraft } from './source-draft';
import { channels } from './source-draft';
import type { FieldsProps } from './table-fields';

const seconds = [10, 30, 60, 300, 900, 3_600];

/** Which rows wait, what all of them have in common, and how often they are looked for. */
export function RowFields({ draft, look, issues, onChange }: FieldsProps & { look: SourceLook | undefined }) {
  const t = useTranslations();
  const status = look?.columns.findIndex(({ name }) => name === draft.mapping['write_back.status']) ?? -1;
  const seen = [...new Set((look?.rows ?? []).flatMap((row) => row[status] ?? []))];
  const offered = [...new Set([...seconds, Number(draft.poll_seconds)])].sort((a, b) => a - b);
  return (
    <div className="grid grid-cols-1 items-start gap-5 sm:grid-cols-2">
      <Field
        label={t('settings.sources.pending')}
        hint={
          seen.length
            ? t('settings.sources.pendingSeen', { seen: seen.join(', ') })
            : t('settings.sources.pendingHint')
        }
        value={draft.pending}
        error={issues.pending && t('settings.sources.wrong.pending')}
        onChange={({ target }) => onChange({ pending: target.value })}
      />
      <ChoiceField
        label={t('settings.sources.every')}
        hint={t('settings.sources.everyHint')}
        value={draft.poll_seconds}
        options={offered.map((one) => [String(one), t('settings.sources.interval', intervalOf(one))])}
        onChange={({ target }) => onChange({ poll_seconds: target.value })}
      />
      {!draft.mapping['columns.channel'] && (
        <ChoiceField
          label={t('settings.sources.channel')}
          hint={t('settings.sources.channelHint')}
          value={draft.channel}
          options={channels.map((one) => [one, t(`channels.${one}`)])}
          onChange={({ target }) => onChange({ channel: target.value as SourceDraft['channel'] })}
        />
      )}
    </div>
  );
}

const intervalOf = (count: number) =>
  count % 60 === 0 ? { count: count / 60, unit: 'minutes' } : { count, unit: 'seconds' };
