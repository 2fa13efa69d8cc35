'use client';
import { channels } from '@halyard/contracts/channels';
import type { IdentityInput } from '@halyard/contracts/contacts/contact';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { ChoiceField, Field } from '../components/field';
import { Trouble } from '../components/trouble';
import { checkedBy } from '../data/checked-by';
import { issuesOf } from '../data/problem';
import { FormEnd } from './form-end';
import { useChangeContact } from './use-change-contact';

const kinds = [...channels, 'phone', 'crm_user_id'] as const;

/** Another address for a contact. */
export function IdentityForm({ contactId, onDone }: { contactId: string; onDone: () => void }) {
  const t = useTranslations('contact');
  const form = useForm<IdentityInput>({
    resolver: checkedBy(async () => (await import('@halyard/contracts/contacts/contact')).IdentityInput),
    defaultValues: { kind: 'email', address: '' },
  });
  const change = useChangeContact(contactId);
  const issues = issuesOf(change.error);
  const taken = 'identities' in issues || 'add_identities' in issues;
  const wrong = form.formState.errors.address || 'add_identities.0.address' in issues;
  return (
    <form
      className="grid gap-4 border-b border-rope p-4 sm:p-5"
      noValidate
      onSubmit={form.handleSubmit((one) =>
        change.mutate(
          { patch: { add_identities: [one] }, before: { remove_identities: [one] } },
          { onSuccess: onDone },
        ),
      )}
    >
      {change.error && !wrong && !taken && <Trouble error={change.error} />}
      <ChoiceField
        label={t('kind')}
        options={kinds.map((kind) => [kind, t(`kinds.${kind}`)] as const)}
        {...form.register('kind')}
      />
      <Field
        label={t('address')}
        autoComplete="off"
        hint={t('phoneHint')}
        error={taken ? t('addressTaken') : wrong ? t('addressWrong') : undefined}
        {...form.register('address')}
      />
      <FormEnd busy={change.isPending} onCancel={onDone} save={t('addIdentity')} />
    </form>
  );
}
