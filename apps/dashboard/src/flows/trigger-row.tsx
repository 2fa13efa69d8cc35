'use client';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { ChevronDown, Zap } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { TriggerEditor } from './trigger-editor';
import { useSayFlow } from './use-say-flow';

interface Props {
  trigger: FlowDefinition['trigger'];
  open: boolean;
  onToggle: () => void;
  /** Null for who may not change it. */
  onChange: ((trigger: FlowDefinition['trigger']) => void) | null;
}

/** Where the line begins. */
export function TriggerRow({ trigger, open, onToggle, onChange }: Props) {
  const t = useTranslations('flow.trigger');
  const say = useSayFlow();
  const text = (
    <span className="min-w-0 flex-1">
      <span className="block text-xs text-ink-soft">{t('starts')}</span>
      <span className="block font-semibold break-words">{say.trigger(trigger)}</span>
    </span>
  );
  return (
    <div className="border-b border-rope">
      <div className="relative flex items-center gap-3 py-3 pr-4 pl-4 sm:pl-5">
        <span className="inline-flex size-7 shrink-0 items-center justify-center rounded-full bg-brass-wash text-brass-ink">
          <Zap className="size-4" aria-hidden="true" />
        </span>
        {onChange ? (
          <button
            type="button"
            aria-expanded={open}
            onClick={onToggle}
            className="flex min-h-11 min-w-0 flex-1 items-center gap-2 text-left after:absolute after:inset-0"
          >
            {text}
            <ChevronDown
              className={`size-4 shrink-0 text-ink-soft ${open ? 'rotate-180' : ''}`}
              aria-hidden="true"
            />
          </button>
        ) : (
          text
        )}
      </div>
      {open && onChange && (
        <div className="border-t border-dashed border-rope px-4 pt-4 pb-4 sm:pr-5 sm:pl-15">
          <TriggerEditor trigger={trigger} onChange={onChange} />
        </div>
      )}
    </div>
  );
}
