'use client';
import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useFieldArray, useForm } from 'react-hook-form';
import { Button } from '../components/button';
import { Field } from '../components/field';
import { Trouble } from '../components/trouble';
import type { Contact } from '../data/contacts';
import type { AttributeValues } from './attribute-value';
import { attributePatch, textOf } from './attribute-value';
import { FormEnd } from './form-end';
import { useChangeContact } from './use-change-contact';

/** All attributes of a contact, to change, add and remove. */
export function AttributesForm({ contact, onDone }: { contact: Contact; onDone: () => void }) {
  const t = useTranslations('contact');
  const before: AttributeValues = contact.attributes;
  const form = useForm({
    defaultValues: { rows: Object.entries(before).map(([key, value]) => ({ key, text: textOf(value) })) },
  });
  const { fields, append, remove } = useFieldArray({ control: form.control, name: 'rows' });
  const change = useChangeContact(contact.id);
  const save = form.handleSubmit(({ rows }) => {
    const { patch, undo } = attributePatch(before, rows);
    change.mutate({ patch: { attributes: patch }, before: { attributes: undo } }, { onSuccess: onDone });
  });
  return (
    <form className="grid gap-4 p-4 sm:p-5" noValidate onSubmit={save}>
      {change.error && <Trouble error={change.error} />}
      {fields.map(({ id }, n) => (
        <div key={id} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] items-end gap-2">
          <Field label={t('attributeName')} autoComplete="off" {...form.register(`rows.${n}.key`)} />
          <Field label={t('attributeValue')} autoComplete="off" {...form.register(`rows.${n}.text`)} />
          <Button
            look="plain"
            className="h-11 w-11 px-0 sm:h-11"
            aria-label={t('removeAttribute', { key: form.watch(`rows.${n}.key`) })}
            onClick={() => remove(n)}
          >
            <X aria-hidden="true" />
          </Button>
        </div>
      ))}
      <div>
        <Button look="outlined" onClick={() => append({ key: '', text: '' })}>
          <Plus aria-hidden="true" />
          {t('addAttribute')}
        </Button>
      </div>
      <FormEnd busy={change.isPending} onCancel={onDone} />
    </form>
  );
}
