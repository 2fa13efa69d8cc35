'use client';
import type { Step } from '@halyard/contracts/flows/definition';
import { ArrowRight, Plus, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { SignButton } from '../components/compact-controls';
import { ConditionBuilder } from '../conditions/condition-builder';
import { PlaceField } from './place-field';
import type { StepEditorProps } from './step-editor-props';

type BranchStep = Extract<Step, { type: 'branch' }>;

/** The ways out of a branch: the first whose condition holds is gone. */
export function BranchEditor({ step, onChange, facts, names }: StepEditorProps<BranchStep>) {
  const t = useTranslations('flow.ways');
  const set = (branches: BranchStep['branches']) => onChange({ ...step, branches });
  const { branches } = step;
  return (
    <div className="grid gap-4">
      {branches.map((branch, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: branches have nothing else that tells them apart.
        <div key={at} className="grid gap-2 border-l-2 border-rope pl-3">
          <p className="flex items-center justify-between text-sm font-semibold">
            {t(at === 0 ? 'if' : 'elseIf')}
            {branches.length > 1 && (
              <SignButton
                label={t('removeBranch')}
                onClick={() => set(branches.filter((_, place) => place !== at))}
              >
                <X aria-hidden="true" />
              </SignButton>
            )}
          </p>
          <ConditionBuilder
            label={t('if')}
            none={t('always')}
            facts={facts}
            steps={names}
            value={branch.when}
            onChange={(when) =>
              set(branches.map((one, place) => (place === at ? { ...one, when: when ?? { all: [] } } : one)))
            }
          />
          <span className="flex items-center gap-2">
            <ArrowRight className="size-4 shrink-0 text-ink-soft" aria-hidden="true" />
            <PlaceField
              label={t('leads')}
              value={branch.next}
              names={names}
              onChange={(next) =>
                set(branches.map((one, place) => (place === at ? { ...one, next: next ?? null } : one)))
              }
            />
          </span>
        </div>
      ))}
      <div className="-ml-4 flex flex-wrap items-center gap-2">
        <Button
          look="plain"
          onClick={() =>
            set([...branches, { when: { field: 'contact.first_name', op: 'exists' }, next: null }])
          }
        >
          <Plus aria-hidden="true" />
          {t('addBranch')}
        </Button>
      </div>
    </div>
  );
}
