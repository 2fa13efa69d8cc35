'use client';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Field, TextField } from '../../components/field';
import { halyard } from '../../data/halyard';
import { answerOf, isRefused, issuesOf } from '../../data/problem';
import type { Topic } from '../../data/settings';
import { useAct } from '../../data/use-act';
import { FormPanel } from '../form-panel';
import { keyOf } from './key-of';

type Texts = Readonly<Record<string, string>>;

/** Only what is filled in: an empty text is none. */
const filled = (texts: Texts): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''));

/** A topic in the languages of the dashboard, and in those that it has already. */
export function TopicForm({ topic, onClose }: { topic?: Topic; onClose: () => void }) {
  const t = useTranslations();
  const words = useTranslations('settings.topics');
  const languageNames = new Intl.DisplayNames(useLocale(), { type: 'language' });
  const [key, setKey] = useState<string | null>(null);
  const [name, setName] = useState<Texts>(topic?.name ?? {});
  const [description, setDescription] = useState<Texts>(topic?.description ?? {});
  const languages = [...new Set(['en', 'de', ...Object.keys(topic?.name ?? {})])];
  const shownKey = topic?.key ?? key ?? keyOf(name.en ?? name.de ?? '');
  const save = useAct({
    do: () => {
      const body = { name: filled(name), description: filled(description) };
      return topic
        ? answerOf(halyard.PATCH('/topics/{key}', { params: { path: { key: topic.key } }, body }))
        : answerOf(halyard.POST('/topics', { body: { ...body, key: shownKey } }));
    },
    changes: ['topics'],
    done: () => {
      onClose();
      return { text: t('acts.saved') };
    },
    tellsErrors: true,
  });
  const taken = isRefused(save.error, 'conflict');
  const wrongKey = issuesOf(save.error).key;
  return (
    <FormPanel
      title={topic ? words('edit', { key: topic.key }) : words('new')}
      act={t('acts.save')}
      busy={save.isPending || Object.keys(filled(name)).length === 0}
      error={taken || wrongKey ? null : save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      {languages.map((language) => (
        <div key={language} className="grid items-start gap-5 sm:grid-cols-2">
          <Field
            label={words('name', { language: languageNames.of(language) ?? language })}
            lang={language}
            maxLength={500}
            value={name[language] ?? ''}
            onChange={({ target }) => setName({ ...name, [language]: target.value })}
          />
          <TextField
            label={words('description', { language: languageNames.of(language) ?? language })}
            lang={language}
            rows={2}
            maxLength={500}
            value={description[language] ?? ''}
            onChange={({ target }) => setDescription({ ...description, [language]: target.value })}
          />
        </div>
      ))}
      {!topic && (
        <Field
          className="max-w-sm"
          label={words('key')}
          hint={words('keyHint')}
          value={shownKey}
          error={taken ? words('keyTaken') : wrongKey && words('keyWrong')}
          onChange={({ target }) => setKey(target.value)}
        />
      )}
    </FormPanel>
  );
}
