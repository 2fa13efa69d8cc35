'use client';
import type { Step } from '@halyard/contracts/flows/definition';
import { Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { CompactInput, SignButton } from '../components/compact-controls';
import { PlaceField } from './place-field';
import type { StepEditorProps } from './step-editor-props';

type SplitStep = Extract<Step, { type: 'split' }>;

/** The arms of a split with their shares. */
export function SplitEditor({ step, onChange, names }: StepEditorProps<SplitStep>) {
  const t = useTranslations('flow.ways');
  const { arms } = step;
  const whole = arms.reduce((sum, { weight }) => sum + weight, 0) || 1;
  const set = (next: SplitStep['arms']) => onChange({ ...step, arms: next });
  const change = (at: number, changes: Partial<SplitStep['arms'][number]>) =>
    set(arms.map((arm, place) => (place === at ? { ...arm, ...changes } : arm)));
  return (
    <div className="grid gap-2">
      {arms.map((arm, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two arms may have the same name while one is written.
        <div key={at} className="flex flex-wrap items-center gap-2">
          <CompactInput
            label={t('armName')}
            value={arm.name}
            className="w-28"
            onChange={({ target }) => change(at, { name: target.value })}
          />
          <CompactInput
            type="number"
            label={t('weight')}
            min={0}
            max={1000}
            value={arm.weight}
            className="w-20"
            onChange={({ target }) => change(at, { weight: Math.max(0, Math.trunc(Number(target.value))) })}
          />
          <span className="w-12 text-sm text-ink-soft tabular-nums">
            {Math.round((arm.weight / whole) * 100)} %
          </span>
          <PlaceField
            label={t('leads')}
            value={arm.next}
            names={names}
            onChange={(next) => change(at, { next: next ?? null })}
          />
          <SignButton
            label={t('removeArm', { name: arm.name })}
            disabled={arms.length < 3}
            onClick={() => set(arms.filter((_, place) => place !== at))}
          >
            <X aria-hidden="true" />
          </SignButton>
        </div>
      ))}
      {arms.length < 10 && (
        <Button
          look="plain"
          className="-ml-4 justify-self-start"
          onClick={() =>
            set([...arms, { name: String.fromCharCode(65 + arms.length), weight: 50, next: null }])
          }
        >
          <Plus aria-hidden="true" />
          {t('addArm')}
        </Button>
      )}
    </div>
  );
}
