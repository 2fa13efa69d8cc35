'use client';
import type { Step } from '@halyard/contracts/flows/definition';
import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { CompactInput, SignButton } from '../components/compact-controls';
import type { StepEditorProps } from './step-editor-props';

type UpdateStep = Extract<Step, { type: 'update_contact' }>;

/** What becomes of fields and attributes. Text, numbers and yes or no are written here, lists on the canvas. */
export function UpdateContactEditor({ step, onChange }: StepEditorProps<UpdateStep>) {
  const t = useTranslations('flow.update');
  const entries = Object.entries(step.set);
  const set = (next: [string, UpdateStep['set'][string]][]) =>
    onChange({ ...step, set: Object.fromEntries(next) });
  const freeName = () => {
    let number = entries.length + 1;
    while (`attribute_${number}` in step.set) number++;
    return `attribute_${number}`;
  };
  return (
    <div className="grid gap-2">
      {entries.map(([name, value], at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the name is what is edited.
        <div key={at} className="flex flex-wrap items-center gap-2">
          <CompactInput
            label={t('name')}
            value={name}
            className="w-44"
            onChange={({ target }) => {
              const next = target.value.trim();
              if (next && (next === name || !(next in step.set)))
                set(entries.map((entry, place) => (place === at ? [next, entry[1]] : entry)));
            }}
          />
          <span className="text-sm">{t('becomes')}</span>
          <CompactInput
            label={t('value')}
            value={typeof value === 'object' ? JSON.stringify(value) : String(value)}
            disabled={typeof value === 'object' && value !== null}
            className="w-44 flex-1"
            onChange={({ target }) =>
              set(entries.map((entry, place) => (place === at ? [name, typed(target.value, value)] : entry)))
            }
          />
          <SignButton label={t('remove')} onClick={() => set(entries.filter((_, place) => place !== at))}>
            <X aria-hidden="true" />
          </SignButton>
        </div>
      ))}
      <Button
        look="plain"
        className="-ml-4 justify-self-start"
        onClick={() => set([...entries, [freeName(), '']])}
      >
        <Plus aria-hidden="true" />
        {t('add')}
      </Button>
    </div>
  );
}

/** A number stays a number, yes or no stays that; everything else is text. */
function typed(text: string, before: UpdateStep['set'][string]): string | number | boolean {
  if (typeof before === 'number' && text !== '' && Number.isFinite(Number(text))) return Number(text);
  if (typeof before === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  return text;
}
