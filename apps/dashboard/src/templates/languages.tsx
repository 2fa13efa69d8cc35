'use client';
import { Plus } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { AskFirst } from '../components/ask-first';
import { Button } from '../components/button';
import { CompactInput } from '../components/compact-controls';
import { Tabs } from '../components/tabs';
import type { Content } from './content';
import { withLanguage, withoutLanguage } from './content';
import { languageName } from './language-name';

interface Props {
  content: Content;
  locale: string;
  /** False for who may only look. */
  editable: boolean;
  onChoose: (locale: string) => void;
  onChange: (content: Content) => void;
}

const suggested = ['de', 'en', 'fr', 'nl', 'pl', 'da', 'es', 'it', 'de-AT', 'de-CH'];

/** What a template is written in. The first language is for everybody whose own is not there. */
export function Languages({ content, locale, editable, onChoose, onChange }: Props) {
  const t = useTranslations('template.languages');
  const reader = useLocale();
  const [adding, setAdding] = useState(false);
  const others = Object.keys(content.locales).filter((one) => one !== content.default_locale);
  const locales = [content.default_locale, ...others];
  const nameOf = (one: string) => languageName(one, reader);
  return (
    <div>
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <Tabs
            label={t('title')}
            value={locale}
            tabs={locales.map((one) => [
              one,
              one === content.default_locale ? t('default', { language: nameOf(one) }) : nameOf(one),
            ])}
            onChoose={onChoose}
          />
        </div>
        {editable && (
          <Button look="plain" onClick={() => setAdding(!adding)} aria-expanded={adding}>
            <Plus aria-hidden="true" />
            {t('add')}
          </Button>
        )}
      </div>
      {adding && (
        <NewLanguage
          there={locales}
          from={nameOf(locale)}
          onAdd={(added) => {
            setAdding(false);
            onChange(withLanguage(content, added, locale));
            onChoose(added);
          }}
        />
      )}
      {editable && locale !== content.default_locale && (
        <div className="-mt-2 mb-4 flex flex-wrap gap-2">
          <Button look="plain" onClick={() => onChange({ ...content, default_locale: locale })}>
            {t('makeDefault')}
          </Button>
          <AskFirst
            act={t('remove')}
            means={t('removeMeans', { language: nameOf(locale) })}
            now={t('removeNow')}
            onSure={async () => {
              onChoose(content.default_locale);
              onChange(withoutLanguage(content, locale));
            }}
          />
        </div>
      )}
    </div>
  );
}

interface NewProps {
  there: readonly string[];
  /** Whose words it begins with. */
  from: string;
  onAdd: (locale: string) => void;
}

function NewLanguage({ there, from, onAdd }: NewProps) {
  const t = useTranslations('template.languages');
  const reader = useLocale();
  const list = useId();
  const [typed, setTyped] = useState('');
  const locale = tagOf(typed);
  const isTaken = locale !== null && there.includes(locale);
  return (
    <form
      className="mb-4 grid gap-1.5"
      onSubmit={(event) => {
        event.preventDefault();
        if (locale && !isTaken) onAdd(locale);
      }}
    >
      <div className="flex flex-wrap items-center gap-2">
        <CompactInput
          label={t('which')}
          placeholder={t('which')}
          list={list}
          value={typed}
          aria-invalid={typed !== '' && (!locale || isTaken)}
          onChange={({ target }) => setTyped(target.value)}
        />
        <datalist id={list}>
          {suggested
            .filter((one) => !there.includes(one))
            .map((one) => (
              <option key={one} value={one}>
                {languageName(one, reader)}
              </option>
            ))}
        </datalist>
        <Button type="submit" look="outlined" disabled={!locale || isTaken}>
          {t('addNow')}
        </Button>
      </div>
      <p className="text-sm text-ink-soft">{t(isTaken ? 'taken' : 'copies', { language: from })}</p>
    </form>
  );
}

/** As the API takes it; null for what is no tag of a language. */
function tagOf(typed: string): string | null {
  try {
    return Intl.getCanonicalLocales(typed.trim().replace('_', '-'))[0] ?? null;
  } catch {
    return null;
  }
}
