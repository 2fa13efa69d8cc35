'use client';
import type { Step } from '@halyard/contracts/flows/definition';
import { Clock, Plus, Send } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { Menu, MenuItem } from '../components/menu';
import { stepTypes } from './new-step';
import { StepMark } from './step-mark';

/** The next step: what most flows are made of at hand, the rest a press away. */
export function AddStep({ onAdd }: { onAdd: (type: Step['type']) => void }) {
  const t = useTranslations('flow');
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-rope px-4 py-3 sm:px-5">
      <Button look="outlined" onClick={() => onAdd('message')}>
        <Send aria-hidden="true" />
        {t('step.addMessage')}
      </Button>
      <Button look="outlined" onClick={() => onAdd('wait')}>
        <Clock aria-hidden="true" />
        {t('step.addWait')}
      </Button>
      <Menu
        place="bottom-full left-0 mb-1"
        triggerClass="inline-flex h-11 items-center gap-2 rounded-md px-4 text-sm font-semibold hover:bg-sunk sm:h-9"
        trigger={
          <>
            <Plus className="size-4" aria-hidden="true" />
            {t('step.addOther')}
          </>
        }
      >
        {stepTypes.slice(2).map((type) => (
          <MenuItem key={type} onClick={() => onAdd(type)}>
            <StepMark type={type} />
            {t(`say.kinds.${type}`)}
          </MenuItem>
        ))}
      </Menu>
    </div>
  );
}
