'use client';
import type { Schema } from '@halyard/client/client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CheckField, ChoiceField, Field, TextField } from '../../components/field';
import { halyard } from '../../data/halyard';
import { answerOf, issuesOf } from '../../data/problem';
import type { InboundHook } from '../../data/settings';
import { useAct } from '../../data/use-act';
import { FormPanel } from '../form-panel';
import { hookChanges } from './hook-changes';

type Input = Schema<'InboundHookInput'>;
const kinds = ['events', 'contacts', 'bookings', 'outreach', 'academy', 'errors'] as const;
const signatures = ['standard', 'hex', 'none'] as const;

interface Props {
  /** None for a new one. What a hook takes stays. */
  hook?: InboundHook;
  onSecrets: (hook: Schema<'InboundHookWithSecrets'>) => void;
  onClose: () => void;
}

/** What it takes, and what must hold for a request to be believed. */
export function HookForm({ hook: given, onSecrets, onClose }: Props) {
  // As it was when the form was opened: the list may be read again meanwhile.
  const [hook] = useState(given);
  const t = useTranslations('settings.inboundHooks');
  const acts = useTranslations('acts');
  const [name, setName] = useState(hook?.name ?? '');
  const [kind, setKind] = useState<Input['kind']>('events');
  const [signature, setSignature] = useState<(typeof signatures)[number]>(
    hook ? (hook.signature ?? 'none') : 'standard',
  );
  const [bearer, setBearer] = useState(hook?.bearer ?? false);
  const [addresses, setAddresses] = useState(hook?.addresses.join('\n') ?? '');
  const save = useAct({
    do: () => {
      const body = {
        name: name.trim(),
        signature: signature === 'none' ? null : signature,
        bearer,
        addresses: addresses.split(/[\s,]+/).filter(Boolean),
      };
      return hook
        ? answerOf(
            halyard.PATCH('/inbound-hooks/{id}', {
              params: { path: { id: hook.id } },
              body: hookChanges(hook, body),
            }),
          )
        : answerOf(halyard.POST('/inbound-hooks', { body: { ...body, kind } }));
    },
    changes: ['inbound-hooks'],
    done: (saved) => {
      onClose();
      if (hook && Object.keys(saved.secrets).length === 0) return { text: acts('saved') };
      onSecrets(saved);
      return null;
    },
    tellsErrors: true,
  });
  const issues = issuesOf(save.error);
  const wrongAddress = Object.keys(issues).some((path) => path.startsWith('addresses'));
  return (
    <FormPanel
      title={hook ? hook.name : t('new')}
      act={hook ? acts('save') : t('create')}
      busy={save.isPending}
      error={Object.keys(issues).length ? null : save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <Field
          label={t('name')}
          value={name}
          error={issues.name && t('wrong.name')}
          onChange={({ target }) => setName(target.value)}
        />
        {!hook && (
          <ChoiceField
            label={t('kind')}
            value={kind}
            options={kinds.map((one) => [one, t(`kinds.${one}`)])}
            onChange={({ target }) => setKind(target.value as Input['kind'])}
          />
        )}
        <ChoiceField
          label={t('signature')}
          hint={t(`signatureHint.${signature}`)}
          error={issues.signature && t('wrong.signature')}
          value={signature}
          options={signatures.map((one) => [one, t(`signatures.${one}`)])}
          onChange={({ target }) => setSignature(target.value as typeof signature)}
        />
        <TextField
          rows={2}
          label={t('addresses')}
          hint={t('addressesHint')}
          error={wrongAddress ? t('wrong.addresses') : undefined}
          value={addresses}
          onChange={({ target }) => setAddresses(target.value)}
        />
      </div>
      <CheckField
        label={t('bearer')}
        hint={t('bearerHint')}
        checked={bearer}
        onChange={({ target }) => setBearer(target.checked)}
      />
      {hook && <p className="text-sm text-ink-soft">{t('changeMeans')}</p>}
    </FormPanel>
  );
}
