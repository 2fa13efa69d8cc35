'use client';
import type { Schema } from '@halyard/client/client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CheckField, ChoiceField, Field, TextField } from '../../components/field';
import { halyard } from '../../data/halyard';
import { answerOf, issuesOf } from '../../data/problem';
import { useAct } from '../../data/use-act';
import { FormPanel } from '../form-panel';

type Input = Schema<'InboundHookInput'>;
const kinds = ['events', 'contacts', 'bookings', 'outreach', 'academy', 'errors'] as const;
const signatures = ['standard', 'hex', 'none'] as const;

interface Props {
  onMade: (hook: Schema<'InboundHookWithSecrets'>) => void;
  onClose: () => void;
}

/** What it takes, and what must hold for a request to be believed. */
export function HookForm({ onMade, onClose }: Props) {
  const t = useTranslations('settings.inboundHooks');
  const [name, setName] = useState('');
  const [kind, setKind] = useState<Input['kind']>('events');
  const [signature, setSignature] = useState<(typeof signatures)[number]>('standard');
  const [bearer, setBearer] = useState(false);
  const [addresses, setAddresses] = useState('');
  const make = useAct({
    do: () => {
      const body: Input = {
        name: name.trim(),
        kind,
        signature: signature === 'none' ? null : signature,
        bearer,
        addresses: addresses.split(/[\s,]+/).filter(Boolean),
      };
      return answerOf(halyard.POST('/inbound-hooks', { body }));
    },
    changes: ['inbound-hooks'],
    done: (hook) => {
      onMade(hook);
      return null;
    },
    tellsErrors: true,
  });
  const issues = issuesOf(make.error);
  const wrongAddress = Object.keys(issues).some((path) => path.startsWith('addresses'));
  return (
    <FormPanel
      title={t('new')}
      act={t('create')}
      busy={make.isPending}
      error={Object.keys(issues).length ? null : make.error}
      onSubmit={() => make.mutate()}
      onClose={onClose}
    >
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <Field
          label={t('name')}
          value={name}
          error={issues.name && t('wrong.name')}
          onChange={({ target }) => setName(target.value)}
        />
        <ChoiceField
          label={t('kind')}
          value={kind}
          options={kinds.map((one) => [one, t(`kinds.${one}`)])}
          onChange={({ target }) => setKind(target.value as Input['kind'])}
        />
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
    </FormPanel>
  );
}
