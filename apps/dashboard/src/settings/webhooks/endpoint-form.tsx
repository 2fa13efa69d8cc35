'use client';
import type { Schema } from '@halyard/client/client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Field } from '../../components/field';
import { halyard } from '../../data/halyard';
import { answerOf, isRefused, issuesOf, problemOf } from '../../data/problem';
import type { Endpoint } from '../../data/settings';
import { useAct } from '../../data/use-act';
import { FormPanel } from '../form-panel';
import { EventChoice } from './event-choice';

interface Props {
  endpoint?: Endpoint;
  /** With the secret of a new one; null when one was changed. */
  onSaved: (secret: string | null) => void;
  onClose: () => void;
}

export function EndpointForm({ endpoint, onSaved, onClose }: Props) {
  const t = useTranslations('settings.webhooks');
  const acts = useTranslations('acts');
  const [url, setUrl] = useState(endpoint?.url ?? '');
  const [description, setDescription] = useState(endpoint?.description ?? '');
  const [types, setTypes] = useState<readonly string[]>(endpoint?.event_types ?? ['*']);
  const save = useAct({
    do: async () => {
      const event_types = types as Schema<'EndpointInput'>['event_types'];
      const body = { url: url.trim(), description: description.trim() || null, event_types };
      if (!endpoint) return (await answerOf(halyard.POST('/endpoints', { body }))).secret;
      await answerOf(halyard.PATCH('/endpoints/{id}', { params: { path: { id: endpoint.id } }, body }));
      return null;
    },
    changes: ['endpoints'],
    done: (secret) => {
      onSaved(secret);
      return secret ? null : { text: acts('saved') };
    },
    tellsErrors: true,
  });
  const issues = issuesOf(save.error);
  const unsafe = isRefused(save.error, 'unsafe_url');
  return (
    <FormPanel
      title={t(endpoint ? 'edit' : 'new')}
      act={endpoint ? acts('save') : t('create')}
      busy={save.isPending}
      error={unsafe || Object.keys(issues).length ? null : save.error}
      onSubmit={() => save.mutate()}
      onClose={onClose}
    >
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <Field
          label={t('url')}
          type="url"
          placeholder="https://example.com/hooks/halyard"
          value={url}
          error={
            issues.url
              ? t('urlWrong')
              : unsafe
                ? `${t('urlUnsafe')} ${problemOf(save.error).detail}`
                : undefined
          }
          onChange={({ target }) => setUrl(target.value)}
        />
        <Field
          label={t('description')}
          maxLength={500}
          value={description}
          onChange={({ target }) => setDescription(target.value)}
        />
      </div>
      <EventChoice chosen={types} error={issues.event_types && t('typesMissing')} onChange={setTypes} />
    </FormPanel>
  );
}
