'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ChoiceField, Field } from '../../components/field';
import { halyard } from '../../data/halyard';
import { answerOf, issuesOf } from '../../data/problem';
import { useAct } from '../../data/use-act';
import { FormPanel } from '../form-panel';
import type { Scope } from './scopes';
import { scopesByArea } from './scopes';

const day = 86_400_000;
const lives = ['never', '30', '90', '365'] as const;

interface Props {
  onMade: (key: string) => void;
  onClose: () => void;
}

/** A new key: what it is for, and what it may do. Nothing is allowed that was not chosen. */
export function ApiKeyForm({ onMade, onClose }: Props) {
  const t = useTranslations('settings.apiKeys');
  const [name, setName] = useState('');
  const [life, setLife] = useState<string>('never');
  const [chosen, setChosen] = useState<ReadonlySet<Scope>>(new Set());
  const create = useAct({
    do: () =>
      answerOf(
        halyard.POST('/api-keys', {
          body: {
            name,
            scopes: [...chosen],
            expires_at: life === 'never' ? null : new Date(Date.now() + Number(life) * day).toISOString(),
          },
        }),
      ),
    changes: ['api-keys'],
    done: ({ key }) => {
      onMade(key);
      return null;
    },
    tellsErrors: true,
  });
  const issues = issuesOf(create.error);
  const toggle = (scope: Scope, on: boolean) =>
    setChosen(new Set([...chosen].filter((one) => one !== scope).concat(on ? scope : [])));
  return (
    <FormPanel
      title={t('new')}
      act={t('create')}
      busy={create.isPending}
      error={create.error}
      onSubmit={() => create.mutate()}
      onClose={onClose}
    >
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          label={t('name')}
          hint={t('nameHint')}
          value={name}
          error={issues.name && t('nameMissing')}
          onChange={(event) => setName(event.target.value)}
        />
        <ChoiceField
          label={t('expires')}
          value={life}
          options={lives.map((one) => [one, t(`lives.${one}`)] as const)}
          onChange={(event) => setLife(event.target.value)}
        />
      </div>
      <fieldset className="grid gap-1">
        <legend className="text-sm font-semibold">{t('may')}</legend>
        {issues.scopes && <p className="text-sm font-medium text-flare-ink">{t('scopesMissing')}</p>}
        <ul className="divide-y divide-rope">
          {scopesByArea.map(([area, scopes]) => (
            <li key={area} className="flex flex-wrap items-center justify-between gap-x-4 py-1">
              <span className="min-w-0 flex-1 basis-52 text-sm">
                <span className="block font-semibold">{t(`areas.${area}.name`)}</span>
                <span className="text-ink-soft">{t(`areas.${area}.text`)}</span>
              </span>
              <span className="flex gap-4">
                {scopes.map((scope) => (
                  <ScopeCheck key={scope} scope={scope} checked={chosen.has(scope)} onChange={toggle} />
                ))}
              </span>
            </li>
          ))}
        </ul>
      </fieldset>
    </FormPanel>
  );
}

interface CheckProps {
  scope: Scope;
  checked: boolean;
  onChange: (scope: Scope, on: boolean) => void;
}

function ScopeCheck({ scope, checked, onChange }: CheckProps) {
  const t = useTranslations('settings.apiKeys');
  return (
    <label className="flex min-h-11 items-center gap-2 text-sm" title={scope}>
      <input
        type="checkbox"
        aria-label={scope}
        className="size-5 accent-sea"
        checked={checked}
        onChange={({ target }) => onChange(scope, target.checked)}
      />
      {t(scope.endsWith(':write') ? 'write' : 'read')}
    </label>
  );
}
