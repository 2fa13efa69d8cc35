'use client';
import { useTranslations } from 'next-intl';
import { ChoiceField, Field } from '../../components/field';
import type { Values } from './connection-values';

interface Props {
  values: Values;
  issues: Readonly<Record<string, string>>;
  onChange: (path: string, value: string) => void;
}

/** How fast a connection may send, and what a message costs. */
export function PriceFields({ values, issues, onChange }: Props) {
  const t = useTranslations('settings.connections');
  const to =
    (path: string) =>
    ({ target }: { target: { value: string } }) =>
      onChange(path, target.value);
  return (
    <>
      <Field
        label={t('rate')}
        hint={t('rateHint')}
        type="number"
        min={1}
        value={values.rate_per_second}
        error={issues.rate_per_second && t('wrong.number')}
        onChange={to('rate_per_second')}
      />
      <div className="grid grid-cols-[minmax(0,1fr)_5rem_minmax(0,1.2fr)] items-start gap-2">
        <Field
          label={t('price')}
          type="number"
          min={0}
          step="any"
          value={values['price.amount']}
          error={issues['price.amount'] && t('wrong.number')}
          onChange={to('price.amount')}
        />
        <Field
          label={t('currency')}
          placeholder="EUR"
          maxLength={3}
          value={values['price.currency']}
          error={issues['price.currency'] && t('wrong.currency')}
          onChange={to('price.currency')}
        />
        <ChoiceField
          label={t('per')}
          value={values['price.per']}
          options={[
            ['message', t('perMessage')],
            ['segment', t('perSegment')],
          ]}
          onChange={to('price.per')}
        />
      </div>
    </>
  );
}
