'use client';
import { useTranslations } from 'next-intl';
import { CheckField } from '../../components/field';
import type { EventGroup } from './event-types';
import { eventGroups, wordOf } from './event-types';

interface Props {
  /** Types of events; `*` for all, also those of later versions. */
  chosen: readonly string[];
  error: string | undefined;
  onChange: (chosen: readonly string[]) => void;
}

export function EventChoice({ chosen, error, onChange }: Props) {
  const t = useTranslations('settings.webhooks');
  const all = chosen.includes('*');
  const toggle = (type: string, on: boolean) =>
    onChange(chosen.filter((one) => one !== type).concat(on ? type : []));
  return (
    <fieldset className="grid gap-1">
      <legend className="text-sm font-semibold">{t('which')}</legend>
      {error && <p className="text-sm font-medium text-flare-ink">{error}</p>}
      <CheckField
        label={t('allEvents')}
        hint={t('allEventsHint')}
        checked={all}
        onChange={({ target }) => onChange(target.checked ? ['*'] : [])}
      />
      {!all && (
        <div className="grid gap-x-6 gap-y-4 border-t border-rope pt-3 sm:grid-cols-2">
          {(Object.keys(eventGroups) as EventGroup[]).map((group) => (
            <div key={group}>
              <p className="text-xs font-semibold text-ink-soft">{t(`groups.${group}`)}</p>
              {eventGroups[group].map((type) => (
                <CheckField
                  key={type}
                  label={<span className="font-normal">{t(`events.${wordOf(type)}`)}</span>}
                  hint={type}
                  checked={chosen.includes(type)}
                  onChange={({ target }) => toggle(type, target.checked)}
                />
              ))}
            </div>
          ))}
        </div>
      )}
    </fieldset>
  );
}
