'use client';
import type { Timing } from '@halyard/contracts/flows/definition';
import { useTranslations } from 'next-intl';
import { CompactSelect } from '../components/compact-controls';
import { DurationField } from '../conditions/duration-field';
import { withChanges } from './timing-editor';
import { ZoneField } from './zone-field';

interface Props {
  timing: Timing | undefined;
  onChange: (timing: Timing | undefined) => void;
}

const row = 'flex flex-wrap items-center gap-2 text-sm';

/** What happens to a message whose moment is over, and whose clock counts. */
export function TimingLimits({ timing = { from: 'previous' }, onChange }: Props) {
  const t = useTranslations('flow.timing');
  const set = (changes: Partial<Record<keyof Timing, unknown>>) => onChange(withChanges(timing, changes));
  const usual = timing.from === 'anchor' ? 'skip' : 'send_now';
  return (
    <div className="grid gap-3">
      <div className={row}>
        <span>{t('ifPast')}</span>
        <CompactSelect
          label={t('ifPast')}
          value={timing.if_past ?? usual}
          options={[
            ['skip', t('skip')],
            ['send_now', t('sendNow')],
          ]}
          onChoose={(next) => set({ if_past: next === usual ? undefined : next })}
        />
      </div>
      <div className={row}>
        <span>{t('expires')}</span>
        <CompactSelect
          label={t('expires')}
          value={timing.expires_after ? 'after' : 'usual'}
          options={[
            ['usual', t('expiresUsual')],
            ['after', t('expiresAfter')],
          ]}
          onChoose={(next) => set({ expires_after: next === 'after' ? 'P1D' : undefined })}
        />
        {timing.expires_after && (
          <DurationField
            label={t('length')}
            value={timing.expires_after}
            onChange={(next) => set({ expires_after: next })}
          />
        )}
      </div>
      <div className={row}>
        <span>{t('clock')}</span>
        <ZoneField value={timing.zone} usual={t('clockOfFlow')} onChange={(zone) => set({ zone })} />
      </div>
    </div>
  );
}
