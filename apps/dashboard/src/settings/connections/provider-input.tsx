'use client';
import { useTranslations } from 'next-intl';
import { CheckField, ChoiceField, Field, TextField } from '../../components/field';
import type words from '../../words/en/settings.json';
import type { FieldKind, ProviderField } from './provider-fields';
import { fieldName } from './provider-fields';

interface Props {
  field: ProviderField;
  value: string;
  wrong: boolean;
  /** Of a secret: one is kept already, which nobody can see any more. */
  secretSet: boolean;
  removed: boolean;
  onChange: (value: string) => void;
  onRemove: (removed: boolean) => void;
}

type Hinted = keyof (typeof words)['settings']['connections']['hints'];

const types: Partial<Record<FieldKind, string>> = {
  email: 'email',
  url: 'url',
  number: 'number',
  key: 'password',
};

/** One field of a provider's form. */
export function ProviderInput({ field, value, wrong, secretSet, removed, onChange, onRemove }: Props) {
  const t = useTranslations('settings.connections');
  const name = fieldName(field.path);
  const hints = [
    t.has(`hints.${name as Hinted}`) && t(`hints.${name as Hinted}`),
    secretSet && t('secretSet'),
  ];
  const shared = {
    label: field.required ? t(`fields.${name}`) : t('optional', { label: t(`fields.${name}`) }),
    hint: hints.filter(Boolean).join(' ') || undefined,
    error: wrong && field.kind !== 'check' ? t(`wrong.${field.kind}`) : undefined,
    value,
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value),
  };
  if (field.kind === 'choice')
    return (
      <ChoiceField
        {...shared}
        label={t(`fields.${name}`)}
        options={(field.options ?? []).map((option) => [option, t(`choices.${option}`)] as const)}
      />
    );
  if (field.kind === 'check')
    return (
      <CheckField
        label={t(`fields.${name}`)}
        hint={shared.hint}
        checked={value === 'true'}
        onChange={({ target }) => onChange(target.checked ? 'true' : '')}
        className="sm:col-span-2"
      />
    );
  if (field.kind === 'lines') return <TextField {...shared} className="sm:col-span-2" spellCheck={false} />;
  return (
    <div className="grid content-start">
      <Field
        {...shared}
        type={types[field.kind] ?? 'text'}
        placeholder={secretSet ? '••••••••' : (field.standard ?? '')}
        autoComplete={field.kind === 'key' ? 'new-password' : 'off'}
        disabled={removed}
      />
      {secretSet && !field.required && (
        <CheckField
          label={t('removeSecret')}
          checked={removed}
          onChange={({ target }) => onRemove(target.checked)}
        />
      )}
    </div>
  );
}
