'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { classNames } from '../components/class-names';
import { Field } from '../components/field';
import type { Contact } from '../data/contacts';
import { searchQuery } from '../data/contacts';
import { useSettled } from '../data/use-settled';

export interface Chosen {
  id: string;
  name: string;
}

interface Props {
  label: string;
  chosen: Chosen | null;
  onChoose: (contact: Chosen | null) => void;
  error?: string | undefined;
  className?: string;
  /** Among the filters of a list. */
  compact?: boolean;
}

/** A contact, found by typing the beginning of a name or an address. */
export function ContactPicker({ label, chosen, onChoose, error, className, compact = false }: Props) {
  const t = useTranslations('contactPicker');
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const search = useSettled(typed?.trim() ?? '', 200);
  const { data, isFetched } = useQuery(searchQuery(search));
  const found = data?.items.map(choiceOf) ?? [];
  const open = typed !== null && search !== '' && isFetched;
  const choose = (contact: Chosen | undefined) => {
    if (!contact) return;
    onChoose(contact);
    setTyped(null);
  };
  const onKey = (event: React.KeyboardEvent) => {
    if (!open) return;
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter') choose(found[at]);
    else if (event.key === 'Escape') setTyped(null);
    else return;
    event.preventDefault();
  };
  return (
    <div className={classNames('relative', className)}>
      <Field
        compact={compact}
        label={label}
        role="combobox"
        autoComplete="off"
        placeholder={t('hint')}
        aria-expanded={open}
        aria-autocomplete="list"
        aria-controls={open ? id : undefined}
        aria-activedescendant={open && found[at] ? `${id}-${at}` : undefined}
        error={error}
        value={typed ?? chosen?.name ?? ''}
        onChange={(event) => {
          setTyped(event.target.value);
          setAt(0);
          if (chosen) onChoose(null);
        }}
        onKeyDown={onKey}
        onBlur={() => setTyped(chosen ? null : typed)}
      />
      {open && (
        <div
          id={id}
          role="listbox"
          aria-label={label}
          className="absolute inset-x-0 top-full z-30 mt-1 rounded-md border border-rope bg-sail p-1 shadow-lift"
        >
          {found.length === 0 && <p className="px-3 py-2 text-sm text-ink-soft">{t('none')}</p>}
          {found.map((contact, place) => (
            // biome-ignore lint/a11y: the keyboard chooses from within the field above.
            <div
              key={contact.id}
              id={`${id}-${place}`}
              role="option"
              aria-selected={place === at}
              className="flex min-h-11 items-center rounded-sm px-3 text-sm hover:bg-sea-wash aria-selected:bg-sea-wash sm:min-h-9"
              onPointerDown={(event) => {
                event.preventDefault(); // the field keeps the focus
                choose(contact);
              }}
            >
              <span className="min-w-0 truncate">
                <span className="font-semibold">{contact.name}</span>
                {contact.address && <span className="text-ink-soft"> · {contact.address}</span>}
              </span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}

/** By name, and the address that tells it from others of that name. */
export function choiceOf({ id, first_name, last_name, identities }: Contact) {
  const address = identities[0]?.address ?? null;
  const name = [first_name, last_name].filter(Boolean).join(' ');
  return { id, name: name || (address ?? id), address: name ? address : null };
}
