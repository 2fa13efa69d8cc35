'use client';
import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from './button';
import { Field } from './field';

export interface AttributeRow {
  id: string;
  key: string;
  text: string;
}

interface Props {
  rows: readonly AttributeRow[];
  onChange: (rows: AttributeRow[]) => void;
}

/** Attributes by name and value, to change, add and remove. */
export function AttributeRows({ rows, onChange }: Props) {
  const t = useTranslations('attributes');
  const put = (changed: AttributeRow) => onChange(rows.map((row) => (row.id === changed.id ? changed : row)));
  return (
    <>
      {rows.map((row) => (
        <div key={row.id} className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] items-end gap-2">
          <Field
            label={t('name')}
            autoComplete="off"
            value={row.key}
            onChange={(event) => put({ ...row, key: event.target.value })}
          />
          <Field
            label={t('value')}
            autoComplete="off"
            value={row.text}
            onChange={(event) => put({ ...row, text: event.target.value })}
          />
          <Button
            look="plain"
            className="h-11 w-11 px-0 sm:h-11"
            aria-label={t('remove', { key: row.key })}
            onClick={() => onChange(rows.filter(({ id }) => id !== row.id))}
          >
            <X aria-hidden="true" />
          </Button>
        </div>
      ))}
      <div>
        <Button
          look="outlined"
          onClick={() => onChange([...rows, { id: `new ${Date.now()}`, key: '', text: '' }])}
        >
          <Plus aria-hidden="true" />
          {t('add')}
        </Button>
      </div>
    </>
  );
}
