'use client';
import type { ProviderName } from '@halyard/contracts/connections/provider-settings';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../components/button';
import { Field } from '../../components/field';
import { Trouble } from '../../components/trouble';
import { isRefused, issuesOf, problemOf } from '../../data/problem';
import type { Connection } from '../../data/queries';
import type { Values } from './connection-values';
import { valuesOf } from './connection-values';
import { PriceFields } from './price-fields';
import { providerFields } from './provider-fields';
import { ProviderInput } from './provider-input';

interface Saving {
  values: Values;
  /** Secrets to take away. */
  removed: ReadonlySet<string>;
  skipTest: boolean;
}

interface Props {
  provider: ProviderName;
  /** The one that is changed; a new one is made without it. */
  connection?: Connection;
  save: (saving: Saving) => Promise<void>;
  onClose: () => void;
}

/** What a provider needs. The credentials are tried before anything is saved; who wants to saves them all the same. */
export function ConnectionForm({ provider, connection, save, onClose }: Props) {
  const t = useTranslations();
  const words = useTranslations('settings.connections');
  const queries = useQueryClient();
  const [values, setValues] = useState<Values>(() => ({
    ...valuesOf(provider, connection),
    ...(!connection && { name: words(`providers.${provider}.name`) }),
  }));
  const [removed, setRemoved] = useState<ReadonlySet<string>>(new Set());
  const saving = useMutation({
    mutationFn: (skipTest: boolean) => save({ values, removed, skipTest }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['connections'] }),
  });
  const set = (path: string, value: string) => setValues((before) => ({ ...before, [path]: value }));
  const issues = issuesOf(saving.error);
  const fields = providerFields[provider].map((field) => (
    <ProviderInput
      key={field.path}
      field={field}
      value={values[field.path] ?? ''}
      wrong={Object.keys(issues).some((path) => path === field.path || field.path.startsWith(`${path}.`))}
      secretSet={connection?.secrets_set.includes(field.path.replace('secrets.', '')) ?? false}
      removed={removed.has(field.path)}
      onChange={(value) => set(field.path, value)}
      onRemove={(remove) =>
        setRemoved(
          (before) =>
            new Set([...before].filter((one) => one !== field.path).concat(remove ? field.path : [])),
        )
      }
    />
  ));
  const rare = (wanted: boolean) =>
    fields.filter((_, at) => Boolean(providerFields[provider][at]?.rare) === wanted);
  const refusedByProvider = isRefused(saving.error, 'connection_failed');
  return (
    <form
      className="rounded-lg border border-rope bg-sail"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        saving.mutate(false);
      }}
    >
      <h2 className="border-b border-rope px-4 py-3 text-base sm:px-5">
        {connection ? connection.name : words('newOf', { provider: words(`providers.${provider}.name`) })}
      </h2>
      <div className="grid grid-cols-1 gap-5 px-4 py-5 sm:grid-cols-2 sm:px-5">
        <Field
          label={words('name')}
          hint={words('nameHint')}
          value={values.name}
          error={issues.name && words('wrong.text')}
          onChange={(event) => set('name', event.target.value)}
          className="sm:col-span-2"
        />
        {rare(false)}
        <details className="sm:col-span-2">
          <summary className="inline-flex min-h-11 items-center text-sm font-semibold text-sea">
            {words('more')}
          </summary>
          <div className="grid gap-5 pt-3 sm:grid-cols-2">
            {rare(true)}
            <PriceFields values={values} issues={issues} onChange={set} />
          </div>
        </details>
      </div>
      {saving.error && (
        <div className="grid grid-cols-1 gap-2 px-4 pb-4 sm:px-5">
          <Trouble error={saving.error} />
          {refusedByProvider && <p className="text-sm break-words">{problemOf(saving.error).detail}</p>}
        </div>
      )}
      <div className="flex flex-wrap justify-end gap-2 border-t border-rope px-4 py-3 sm:px-5">
        <Button look="plain" onClick={onClose}>
          {t('acts.cancel')}
        </Button>
        {refusedByProvider && (
          <Button look="outlined" disabled={saving.isPending} onClick={() => saving.mutate(true)}>
            {words('saveAllTheSame')}
          </Button>
        )}
        <Button type="submit" disabled={saving.isPending}>
          {words(saving.isPending ? 'testing' : 'testAndSave')}
        </Button>
      </div>
    </form>
  );
}
