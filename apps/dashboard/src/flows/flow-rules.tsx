'use client';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { useTranslations } from 'next-intl';
import { ChoiceField, Field, TextField } from '../components/field';
import { Panel } from '../components/panel';
import { EndsEditor } from './ends-editor';
import { ZoneField } from './zone-field';

interface Props {
  definition: FlowDefinition;
  editable: boolean;
  onChange: (next: FlowDefinition, field?: string) => void;
}

const reentries = ['once', 'once_per_subject', 'always'] as const;

/** What holds for the flow as a whole. */
export function FlowRules({ definition, editable, onChange }: Props) {
  const t = useTranslations('flow.rules');
  const set = (field: keyof FlowDefinition, changes: Partial<FlowDefinition>) =>
    onChange({ ...definition, ...changes }, field);
  return (
    <Panel title={t('title')}>
      <fieldset disabled={!editable} className="grid min-w-0 gap-5 p-4 sm:p-5">
        <Field
          compact
          label={t('name')}
          value={definition.name}
          maxLength={200}
          error={definition.name ? undefined : t('nameMissing')}
          onChange={({ target }) => set('name', { name: target.value })}
        />
        <TextField
          compact
          label={t('description')}
          rows={3}
          maxLength={2000}
          value={definition.description ?? ''}
          onChange={({ target }) => {
            const { description: _, ...rest } = definition;
            onChange(target.value ? { ...rest, description: target.value } : rest, 'description');
          }}
        />
        <ChoiceField
          compact
          label={t('reentry')}
          value={definition.reentry}
          options={reentries.map((one) => [one, t(`reentries.${one}`)] as const)}
          onChange={({ target }) => set('reentry', { reentry: target.value as FlowDefinition['reentry'] })}
        />
        <div className="grid gap-1.5">
          <p className="text-xs font-semibold text-ink-soft">{t('zone')}</p>
          <ZoneField value={definition.zone} onChange={(zone) => zone && set('zone', { zone })} />
        </div>
        <ChoiceField
          compact
          label={t('cancelled')}
          value={definition.cancel_with_subject ? 'ends' : 'goes_on'}
          options={[
            ['ends', t('ends')],
            ['goes_on', t('goesOn')],
          ]}
          onChange={({ target }) =>
            set('cancel_with_subject', { cancel_with_subject: target.value === 'ends' })
          }
        />
        <EndsEditor definition={definition} editable={editable} onChange={onChange} />
      </fieldset>
    </Panel>
  );
}
