'use client';
import { channels } from '@halyard/contracts/channels';
import { ArrowUp, Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { SignButton } from '../components/compact-controls';
import { ChoiceField } from '../components/field';
import type { TemplateSummary } from '../data/templates';
import { Link } from '../i18n/navigation';
import type { Way } from './ways';

interface Props {
  templates: readonly TemplateSummary[];
  value: Way[];
  onChange: (ways: Way[]) => void;
  error: string | undefined;
}

/** The channels in the order in which they are tried, each with the template that goes out on it. */
export function WaysField({ templates, value, onChange, error }: Props) {
  const t = useTranslations();
  const next = channels.find((channel) => value.every((way) => way.channel !== channel));
  const change = (at: number, way: Way) => onChange(value.map((one, n) => (n === at ? way : one)));
  return (
    <fieldset className="grid gap-4">
      <legend className="sr-only">{t('campaign.ways')}</legend>
      {value.map((way, at) => (
        <WayRow
          key={way.channel}
          way={way}
          place={at}
          alone={value.length === 1}
          free={channels.filter(
            (one) => one === way.channel || value.every(({ channel }) => channel !== one),
          )}
          templates={templates.filter(({ channel }) => channel === way.channel)}
          onChange={(changed) => change(at, changed)}
          onRemove={() => onChange(value.filter((_, n) => n !== at))}
          onFirst={() => onChange([way, ...value.filter((_, n) => n !== at)])}
        />
      ))}
      {error && <p className="text-sm font-medium text-flare-ink">{error}</p>}
      {next && (
        <Button
          look="plain"
          className="justify-self-start"
          onClick={() => onChange([...value, { channel: next, key: '' }])}
        >
          <Plus aria-hidden="true" />
          {t('campaign.addWay')}
        </Button>
      )}
    </fieldset>
  );
}

interface RowProps {
  way: Way;
  place: number;
  alone: boolean;
  free: readonly Way['channel'][];
  templates: readonly TemplateSummary[];
  onChange: (way: Way) => void;
  onRemove: () => void;
  onFirst: () => void;
}

function WayRow({ way, place, alone, free, templates, onChange, onRemove, onFirst }: RowProps) {
  const t = useTranslations();
  return (
    <div className="grid items-start gap-3 sm:grid-cols-[10rem_minmax(0,1fr)_auto]">
      <ChoiceField
        label={place === 0 ? t('campaign.channel') : t('campaign.otherwise')}
        value={way.channel}
        options={free.map((one) => [one, t(`channels.${one}`)])}
        onChange={({ target }) => onChange({ channel: target.value as Way['channel'], key: '' })}
      />
      <ChoiceField
        label={t('campaign.template')}
        value={way.key}
        hint={
          templates.length === 0 && (
            <Link className="text-sea underline underline-offset-3" href="/templates">
              {t('campaign.noTemplate')}
            </Link>
          )
        }
        options={[
          ['', t('campaign.chooseTemplate')],
          ...templates.map(({ key, name }) => [key, name] as const),
        ]}
        onChange={({ target }) => onChange({ ...way, key: target.value })}
      />
      {!alone && (
        <div className="flex sm:pt-8">
          {place > 0 && (
            <SignButton label={t('campaign.tryFirst')} onClick={onFirst}>
              <ArrowUp aria-hidden="true" />
            </SignButton>
          )}
          <SignButton label={t('campaign.removeWay')} onClick={onRemove}>
            <X aria-hidden="true" />
          </SignButton>
        </div>
      )}
    </div>
  );
}
