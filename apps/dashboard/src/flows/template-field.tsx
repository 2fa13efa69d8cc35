'use client';
import type { MessageStep } from '@halyard/contracts/flows/definition';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ChoiceField } from '../components/field';
import { templatesQuery } from '../data/queries';
import { Link } from '../i18n/navigation';

interface Props {
  step: MessageStep;
  onChange: (template: MessageStep['template']) => void;
}

/** What is said: a template by its name; one for each channel where the definition has it so. */
export function TemplateField({ step: { template, channels }, onChange }: Props) {
  const t = useTranslations('flow.message');
  const channelName = useTranslations('channels');
  if (typeof template === 'string')
    return <Choice label={t('template')} value={template} onChange={onChange} />;
  return (
    <div className="grid gap-3">
      {channels.map((channel) => (
        <Choice
          key={channel}
          label={t('templateFor', { channel: channelName(channel) })}
          value={template[channel] ?? ''}
          onChange={(key) => onChange({ ...template, [channel]: key })}
        />
      ))}
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  onChange: (key: string) => void;
}

function Choice({ label, value, onChange }: ChoiceProps) {
  const t = useTranslations('flow.message');
  const { data } = useQuery(templatesQuery);
  const names = new Map(data?.items.map(({ key, name }) => [key, name]));
  const chosen = data?.items.find(({ key }) => key === value);
  const options = [...names].sort(([, a], [, b]) => a.localeCompare(b));
  return (
    <ChoiceField
      compact
      label={label}
      value={value}
      options={data && !chosen ? [[value, t('noTemplate', { key: value })], ...options] : options}
      onChange={({ target }) => onChange(target.value)}
      hint={
        chosen ? (
          <Link href={`/template?id=${chosen.id}`} className="text-sea underline underline-offset-3">
            {t('openTemplate')}
          </Link>
        ) : (
          data && (
            <Link href="/templates" className="text-sea underline underline-offset-3">
              {t('writeTemplate')}
            </Link>
          )
        )
      }
    />
  );
}
