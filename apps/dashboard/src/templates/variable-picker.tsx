'use client';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { createContext, use, useRef, useState } from 'react';
import { SignButton } from '../components/compact-controls';
import { Field } from '../components/field';
import type { Sample } from '../data/templates';
import { examplesQuery } from '../data/templates';
import type { Writing } from './insert-text';
import { insertText } from './insert-text';
import { attributeVariables, variablesOf } from './variables';

type Pick = (field: Writing) => void;
const Picking = createContext<Pick>(() => {});

/** Opens the list of variables; the chosen one is put where the cursor of the field stands. */
export const usePick = (): Pick => use(Picking);

interface Props {
  sample: Sample;
  locale: string;
  /** The contact's own, whose names are offered too. */
  attributes: Readonly<Record<string, unknown>>;
  children: React.ReactNode;
}

export function VariablePicker({ sample, locale, attributes, children }: Props) {
  const t = useTranslations('template.variables');
  const dialog = useRef<HTMLDialogElement>(null);
  const target = useRef<Writing>(null);
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState('');
  const pick: Pick = (field) => {
    target.current = field;
    setSearch('');
    setOpen(true);
    dialog.current?.showModal();
  };
  const choose = (liquid: string) => {
    dialog.current?.close();
    if (target.current) insertText(target.current, liquid);
  };
  return (
    <Picking value={pick}>
      {children}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself. */}
      <dialog
        ref={dialog}
        aria-label={t('title')}
        onClose={() => setOpen(false)}
        onClick={({ target }) => target === dialog.current && dialog.current.close()}
        className="m-auto max-h-[85dvh] w-120 max-w-[calc(100vw-2rem)] rounded-lg border border-rope bg-sail p-0 text-ink shadow-lift backdrop:bg-hull/50"
      >
        {open && (
          <div className="grid grid-cols-[minmax(0,1fr)] gap-3 p-4">
            <div className="flex items-center justify-between">
              <h2 className="text-base">{t('title')}</h2>
              <SignButton label={t('close')} onClick={() => dialog.current?.close()}>
                <X aria-hidden="true" />
              </SignButton>
            </div>
            <Field label={t('search')} value={search} onChange={(event) => setSearch(event.target.value)} />
            <Variables {...{ sample, locale, attributes, search }} onChoose={choose} />
          </div>
        )}
      </dialog>
    </Picking>
  );
}

interface ListProps extends Omit<Props, 'children'> {
  search: string;
  onChoose: (liquid: string) => void;
}

/** Each with what it says to the sample recipient. */
function Variables({ sample, locale, attributes, search, onChoose }: ListProps) {
  const t = useTranslations('template.variables');
  const known = variablesOf(t('someone'));
  const groups = [
    ...(['contact', 'event', 'organization'] as const).map((group) => ({
      title: t(`groups.${group}`),
      variables: known[group].map(({ name, liquid }) => ({ title: t(`names.${name}`), liquid })),
    })),
    {
      title: t('groups.attributes'),
      variables: attributeVariables(attributes).map(({ name, liquid }) => ({ title: name, liquid })),
    },
  ];
  const all = groups.flatMap(({ variables }) => variables.map(({ liquid }) => liquid));
  const { data: examples } = useQuery(examplesQuery(sample, locale, all));
  const wanted = search.trim().toLowerCase();
  const found = groups
    .map(({ title, variables }) => ({
      title,
      variables: variables.filter((one) => `${one.title} ${one.liquid}`.toLowerCase().includes(wanted)),
    }))
    .filter(({ variables }) => variables.length > 0);
  if (found.length === 0) return <p className="pb-2 text-sm text-ink-soft">{t('none')}</p>;
  return found.map(({ title, variables }) => (
    <section key={title} aria-label={title}>
      <h3 className="pb-1 text-xs text-ink-soft">{title}</h3>
      <ul>
        {variables.map((variable) => (
          <li key={variable.liquid}>
            <button
              type="button"
              onClick={() => onChoose(variable.liquid)}
              className="-mx-2 flex min-h-11 w-[calc(100%+1rem)] items-baseline justify-between gap-4 rounded-sm px-2 py-2 text-left text-sm hover:bg-sea-wash"
            >
              <span className="font-semibold">{variable.title}</span>
              <span className="min-w-0 truncate text-ink-soft">
                {examples?.[all.indexOf(variable.liquid)] || t('empty')}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  ));
}
