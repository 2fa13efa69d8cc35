'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { CheckField, ChoiceField, Field } from '../components/field';
import type { AlertRoute } from '../data/alerts';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { FormPanel } from '../settings/form-panel';
import { Remove } from './remove';
import type { RouteDraft } from './route-draft';
import { draftOfRoute, inputOfRoute } from './route-draft';
import { severities } from './severities';
import { TargetFields } from './target-fields';
import { useSave } from './use-save';
import { useSpan } from './use-span';

const changes = ['alert-routes'];
const intervals = [1, 5, 15, 30, 60, 240, 1440];

/** Where people are told, of what, and how often at most. */
export function RouteForm({ route, onClose }: { route: AlertRoute | null; onClose: () => void }) {
  const t = useTranslations('alerts');
  const acts = useTranslations('acts');
  const spanOf = useSpan();
  const [draft, setDraft] = useState(() => draftOfRoute(route));
  const set = (changes: Partial<RouteDraft>) => setDraft({ ...draft, ...changes });
  const { issues, panel } = useSave({
    id: route?.id ?? null,
    make: () => answerOf(halyard.POST('/alert-routes', { body: inputOfRoute(draft, route) })),
    rewrite: (id) =>
      answerOf(
        halyard.PUT('/alert-routes/{id}', { params: { path: { id } }, body: inputOfRoute(draft, route) }),
      ),
    changes,
    onClose,
  });
  return (
    <FormPanel
      title={t(route ? 'route.edit' : 'route.new')}
      act={route ? acts('save') : t('route.create')}
      {...panel}
    >
      <div className="grid items-start gap-5 sm:grid-cols-2">
        <Field
          label={t('name')}
          value={draft.name}
          error={issues.name && t('rule.wrong.name')}
          onChange={({ target }) => set({ name: target.value })}
        />
        <TargetFields draft={draft} issues={issues} onChange={set} />
        <ChoiceField
          label={t('route.interval')}
          hint={t('route.intervalHint')}
          value={draft.interval_minutes}
          options={[...new Set([...intervals, Number(draft.interval_minutes)])]
            .sort((a, b) => a - b)
            .map((one) => [String(one), spanOf(one)])}
          onChange={({ target }) => set({ interval_minutes: target.value })}
        />
      </div>
      <fieldset className="grid gap-x-6 sm:grid-cols-4">
        <legend className="text-sm font-semibold">{t('route.which')}</legend>
        {issues.severities && (
          <p className="text-sm font-medium text-flare-ink sm:col-span-4">{t('route.noSeverity')}</p>
        )}
        {severities.map((one) => (
          <CheckField
            key={one}
            label={t(`severities.${one}`)}
            checked={draft.severities.includes(one)}
            onChange={({ target }) =>
              set({
                severities: severities.filter((other) =>
                  other === one ? target.checked : draft.severities.includes(other),
                ),
              })
            }
          />
        ))}
      </fieldset>
      <div className="grid sm:grid-cols-2">
        <CheckField
          label={t('route.tellResolved')}
          checked={draft.tell_resolved}
          onChange={({ target }) => set({ tell_resolved: target.checked })}
        />
        <CheckField
          label={t('route.enabled')}
          checked={draft.enabled}
          onChange={({ target }) => set({ enabled: target.checked })}
        />
      </div>
      {route && (
        <Remove
          what="route"
          name={route.name}
          remove={() =>
            answerOf(halyard.DELETE('/alert-routes/{id}', { params: { path: { id: route.id } } }))
          }
          changes={changes}
          onRemoved={onClose}
        />
      )}
    </FormPanel>
  );
}
