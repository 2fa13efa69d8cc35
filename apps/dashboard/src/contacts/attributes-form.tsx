'use client';
import { useState } from 'react';
import { AttributeRows } from '../components/attribute-rows';
import { Trouble } from '../components/trouble';
import type { Contact } from '../data/contacts';
import type { AttributeValues } from './attribute-value';
import { attributePatch, rowsOf } from './attribute-value';
import { FormEnd } from './form-end';
import { useChangeContact } from './use-change-contact';

/** All attributes of a contact, to change, add and remove. */
export function AttributesForm({ contact, onDone }: { contact: Contact; onDone: () => void }) {
  const before: AttributeValues = contact.attributes;
  const [rows, setRows] = useState(() => rowsOf(before));
  const change = useChangeContact(contact.id);
  const save = () => {
    const { patch, undo } = attributePatch(before, rows);
    change.mutate({ patch: { attributes: patch }, before: { attributes: undo } }, { onSuccess: onDone });
  };
  return (
    <form
      className="grid gap-4 p-4 sm:p-5"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {change.error && <Trouble error={change.error} />}
      <AttributeRows rows={rows} onChange={setRows} />
      <FormEnd busy={change.isPending} onCancel={onDone} />
    </form>
  );
}
