'use client';
import type { Schema } from '@halyard/client/client';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { ChoiceField, Field, TextField } from '../../components/field';
import { halyard } from '../../data/halyard';
import { answerOf, issuesOf } from '../../data/problem';
import { useAct } from '../../data/use-act';
import { useMay } from '../../shell/use-may';
import { FormPanel } from '../form-panel';

type Organization = Schema<'Organization'>;
type Patch = Schema<'OrganizationPatch'>;

const languages = ['de', 'de-AT', 'de-CH', 'en', 'en-GB', 'en-US', 'es', 'fr', 'it', 'nl', 'pl', 'pt'];

/** Name, clock and language: what times and texts are in when a contact has none of their own. */
export function OrganizationForm({ organization }: { organization: Organization }) {
  const t = useTranslations('settings.sending.organization');
  const acts = useTranslations('acts');
  const { name, time_zone, locale, country, postal_address, website } = organization;
  const before = { name, time_zone, locale, country, postal_address, website };
  const [values, setValues] = useState<Patch & typeof before>(before);
  const names = new Intl.DisplayNames(useLocale(), { type: 'language' });
  const save = useAct({
    do: (body: Patch) => answerOf(halyard.PATCH('/organization', { body })),
    changes: ['organization', 'me'],
    done: () => ({ text: acts('saved'), undo: () => void save.mutate(before) }),
    tellsErrors: true,
  });
  const issues = issuesOf(save.error);
  const text = (field: 'name' | 'country' | 'website' | 'postal_address') => ({
    label: t(field),
    value: values[field] ?? '',
    error: issues[field] && t(`wrong.${field}`),
    onChange: ({ target }: { target: { value: string } }) =>
      setValues({ ...values, [field]: field === 'name' ? target.value : target.value || null }),
  });
  const choice = (field: 'time_zone' | 'locale') => ({
    label: t(field),
    hint: t(`hints.${field}`),
    value: values[field],
    onChange: ({ target }: { target: { value: string } }) => setValues({ ...values, [field]: target.value }),
  });
  return (
    <FormPanel
      title={t('title')}
      act={acts('save')}
      look="outlined"
      busy={save.isPending}
      error={Object.keys(issues).length ? null : save.error}
      readOnly={!useMay()('admin')}
      onSubmit={() => save.mutate(values)}
    >
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <Field
          {...text('name')}
          hint={t('hints.name')}
          autoComplete="organization"
          className="sm:col-span-2"
        />
        <ChoiceField
          {...choice('time_zone')}
          options={withOwn(Intl.supportedValuesOf('timeZone'), time_zone).map(
            (zone) => [zone, zone] as const,
          )}
        />
        <ChoiceField
          {...choice('locale')}
          options={withOwn(languages, locale).map((tag) => [tag, names.of(tag) ?? tag] as const)}
        />
        <Field {...text('country')} hint={t('hints.country')} maxLength={2} placeholder="DE" />
        <Field {...text('website')} type="url" placeholder="https://" />
        <TextField
          {...text('postal_address')}
          hint={t('hints.postal_address')}
          rows={3}
          className="sm:col-span-2"
        />
      </div>
    </FormPanel>
  );
}

const withOwn = (offered: readonly string[], own: string): readonly string[] =>
  offered.includes(own) ? offered : [own, ...offered];
