'use client';
import type { Node, NodeProps } from '@xyflow/react';
import { Handle, Position } from '@xyflow/react';
import { GripVertical, Zap } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { StepMark } from '../flows/step-mark';
import { useCanvasActs } from './canvas-acts';
import { carryStep } from './carried';
import type { StepNodeData, TriggerNodeData } from './use-drawing';

const card = (selected: boolean) =>
  `flex h-[100px] w-[264px] items-start gap-3 rounded-lg border bg-sail p-3 text-left ${
    selected ? 'border-sea ring-2 ring-sea' : 'border-rope-strong'
  }`;

/** Where ways begin and end: they are led by menus and drops, not by pulling lines. */
const Ends = () => (
  <>
    <Handle type="target" position={Position.Top} isConnectable={false} className="invisible" />
    <Handle type="source" position={Position.Bottom} isConnectable={false} className="invisible" />
  </>
);

export function StepNode({ id, data, selected }: NodeProps<Node<StepNodeData>>) {
  const t = useTranslations('canvas');
  const { readOnly } = useCanvasActs();
  const { type, title, when, what, count } = data;
  return (
    <div className={`${card(selected)} ${data.reachable ? '' : 'border-dashed'}`}>
      <StepMark type={type} />
      <div className="min-w-0 flex-1">
        <p className="truncate text-xs text-ink-soft">
          {data.reachable ? when !== title && when : t('unreached')}
        </p>
        <p className="truncate text-sm font-semibold">{title}</p>
        {what !== title && <p className="line-clamp-2 text-xs text-ink-soft">{what}</p>}
      </div>
      {count !== null && count > 0 && (
        <span
          className="rounded-full bg-sea-wash px-2 text-xs font-semibold"
          title={t('standing', { count })}
        >
          {count}
        </span>
      )}
      {!readOnly && (
        // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse alone; the + of a way does the same by keyboard.
        <span
          draggable
          className="nopan cursor-grab text-ink-soft"
          onDragStart={(event) => carryStep(event, { is: 'step', id })}
        >
          <GripVertical className="size-4" aria-hidden="true" />
        </span>
      )}
      <Ends />
    </div>
  );
}

export function TriggerNode({ data, selected }: NodeProps<Node<TriggerNodeData>>) {
  const t = useTranslations('canvas');
  return (
    <div className={card(selected)}>
      <span className="inline-flex size-7 shrink-0 items-center justify-center rounded-full bg-brass-wash text-brass-ink">
        <Zap className="size-4" aria-hidden="true" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="text-xs text-ink-soft">{t('begins')}</p>
        <p className="line-clamp-3 text-sm font-semibold">{data.text}</p>
      </div>
      <Ends />
    </div>
  );
}

export function EndNode() {
  const t = useTranslations('canvas');
  return (
    <div className="flex h-8 w-[120px] items-center justify-center rounded-full bg-sunk text-xs font-semibold text-ink-soft">
      {t('end')}
      <Ends />
    </div>
  );
}
