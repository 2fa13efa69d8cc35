'use client';
import { useTranslations } from 'next-intl';
import { CheckField, ChoiceField, Field } from '../../components/field';
import { PeriodInput } from './period-input';
import type { PolicyDraft } from './policy-draft';

type Rest = PolicyDraft['rest'];
type Consent = NonNullable<Rest['consent']['email']>;

/** For channels that the policy does not name. */
const usual = { email: 'opt_out', sms: 'opt_in', whatsapp: 'opt_in' } as const;

/** What consent is needed, what is counted, how late and how fast. */
export function FurtherRules({ rest, onChange }: { rest: Rest; onChange: (rest: Rest) => void }) {
  const t = useTranslations();
  const words = useTranslations('settings.sending.further');
  const { consent, tracking, expire_after, rates } = rest;
  const { organization: rate, ...otherRates } = rates;
  const setRate = (text: string) =>
    onChange({ ...rest, rates: text ? { ...otherRates, organization: Number(text) } : otherRates });
  return (
    <fieldset className="grid min-w-0 grid-cols-1 gap-4 border-t border-rope pt-4">
      <legend className="contents">
        <span className="block text-base font-semibold">{words('title')}</span>
      </legend>
      <div className="grid gap-5 sm:grid-cols-3">
        {(['email', 'sms', 'whatsapp'] as const).map((channel) => (
          <ChoiceField
            key={channel}
            label={words('consent', { channel: t(`channels.${channel}`) })}
            value={consent[channel] ?? usual[channel]}
            options={[
              ['opt_in', words('optIn')],
              ['opt_out', words('optOut')],
            ]}
            onChange={({ target }) =>
              onChange({ ...rest, consent: { ...consent, [channel]: target.value as Consent } })
            }
          />
        ))}
      </div>
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <div className="grid gap-1.5 text-sm">
          <PeriodInput
            label={words('expireAfter')}
            value={expire_after}
            onChange={(expire_after) => onChange({ ...rest, expire_after })}
          />
          <p className="text-ink-soft">{words('expireHint')}</p>
        </div>
        <Field
          label={words('rate')}
          type="number"
          min={1}
          placeholder={words('noLimit')}
          value={rate ?? ''}
          onChange={({ target }) => setRate(target.value)}
        />
      </div>
      <div className="grid sm:grid-cols-2 sm:gap-x-5">
        {(['opens', 'clicks'] as const).map((counted) => (
          <CheckField
            key={counted}
            label={words(counted)}
            checked={tracking[counted]}
            onChange={({ target }) =>
              onChange({ ...rest, tracking: { ...tracking, [counted]: target.checked } })
            }
          />
        ))}
      </div>
    </fieldset>
  );
}
