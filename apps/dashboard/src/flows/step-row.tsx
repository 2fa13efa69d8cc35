'use client';
import type { Step } from '@halyard/contracts/flows/definition';
import { ChevronDown, GripVertical } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { FlowFinding } from '../data/flows';
import { FindingsList } from './findings-list';
import { StepMark } from './step-mark';

interface Props {
  step: Step;
  when: string;
  title: string;
  what: string;
  findings: readonly FlowFinding[];
  open: boolean;
  onToggle: () => void;
  /** What can be done with it; null for who may not. */
  menu: React.ReactNode;
  /** Another step was dropped on this one; null where nothing can be moved. */
  onDrop: ((id: string) => void) | null;
  children: React.ReactNode;
}

const dragged = 'application/x-halyard-step';

/** A step on the line: read in two lines, edited in place. */
export function StepRow({
  step,
  when,
  title,
  what,
  findings,
  open,
  onToggle,
  menu,
  onDrop,
  children,
}: Props) {
  const t = useTranslations('flow.step');
  const [over, setOver] = useState(false);
  return (
    <li
      id={`step-${step.id}`}
      className={`relative border-t border-rope first:border-t-0 ${over ? 'bg-sea-wash' : ''}`}
      onDragOver={(event) => {
        if (!onDrop || !event.dataTransfer.types.includes(dragged)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false);
        const id = event.dataTransfer.getData(dragged);
        if (id && id !== step.id) onDrop?.(id);
      }}
    >
      <div className="relative flex items-center gap-3 py-3 pr-2 pl-4 sm:pl-5">
        <StepMark type={step.type} />
        <button
          type="button"
          aria-expanded={open}
          onClick={onToggle}
          className="flex min-h-11 min-w-0 flex-1 items-center gap-2 text-left after:absolute after:inset-0"
        >
          <span className="min-w-0 flex-1">
            {when !== title && step.type !== 'wait' && (
              <span className="block text-xs text-ink-soft first-letter:uppercase">{when}</span>
            )}
            <span className="block font-semibold break-words">{title}</span>
            {what && what !== title && (
              <span className="block text-sm break-words text-ink-soft">{what}</span>
            )}
          </span>
          <ChevronDown
            className={`size-4 shrink-0 text-ink-soft ${open ? 'rotate-180' : ''}`}
            aria-hidden="true"
          />
        </button>
        {menu}
        {onDrop && (
          <span
            draggable
            title={t('drag')}
            aria-hidden="true"
            className="relative z-10 hidden cursor-grab p-1 text-ink-soft sm:block"
            onDragStart={(event) => {
              event.dataTransfer.setData(dragged, step.id);
              event.dataTransfer.effectAllowed = 'move';
            }}
          >
            <GripVertical className="size-4" />
          </span>
        )}
      </div>
      {findings.length > 0 && (
        <div className="pr-4 pb-3 pl-14 sm:pl-15">
          <FindingsList findings={findings} />
        </div>
      )}
      {open && (
        <div className="border-t border-dashed border-rope px-4 pt-4 sm:pr-5 sm:pl-15">{children}</div>
      )}
    </li>
  );
}
