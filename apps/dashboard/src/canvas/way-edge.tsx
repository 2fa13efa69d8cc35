'use client';
import type { Edge, EdgeProps } from '@xyflow/react';
import { BaseEdge, EdgeLabelRenderer, getSmoothStepPath } from '@xyflow/react';
import { MoveDown, Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Menu, MenuItem, MenuLine } from '../components/menu';
import { stepTypes } from '../flows/new-step';
import { StepMark } from '../flows/step-mark';
import { useCanvasActs } from './canvas-acts';
import { carriedBy, isCarrying } from './carried';
import type { WayData } from './use-drawing';

/** A way, with its condition, and in its middle where a step can be put in. */
export function WayEdge({ data, source, target, ...geometry }: EdgeProps<Edge<WayData>>) {
  const { readOnly } = useCanvasActs();
  const [path, x, y] = getSmoothStepPath({ ...geometry, borderRadius: 10 });
  if (!data) return null;
  return (
    <>
      <BaseEdge path={path} className="stroke-rope-strong" style={{ stroke: 'var(--color-rope-strong)' }} />
      <EdgeLabelRenderer>
        <div
          className="nodrag nopan pointer-events-auto absolute flex flex-col items-center gap-1"
          style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
        >
          {data.label && (
            <span className="max-w-52 truncate rounded-sm bg-sail px-1.5 text-xs" title={data.label}>
              {data.label}
            </span>
          )}
          {!readOnly && <InsertHere data={data} from={source} to={target} />}
        </div>
      </EdgeLabelRenderer>
    </>
  );
}

function InsertHere({ data: { way }, from, to }: { data: WayData; from: string; to: string }) {
  const t = useTranslations();
  const { insert, move, selected, titleOf } = useCanvasActs();
  const [over, setOver] = useState(false);
  const movable = selected !== null && selected !== from && selected !== to && selected !== '^';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: where things are dropped; its menu does the same by keyboard.
    <div
      className={`rounded-full ${over ? 'ring-4 ring-sea' : ''}`}
      onDragOver={(event) => {
        if (!isCarrying(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        const carried = carriedBy(event);
        setOver(false);
        if (!carried) return;
        event.preventDefault();
        if (carried.is === 'new') insert(way, carried.type);
        else move(carried.id, way);
      }}
    >
      <Menu
        place="top-full left-1/2 -translate-x-1/2 mt-1"
        triggerClass="flex size-7 items-center justify-center rounded-full border border-rope-strong bg-sail text-ink-soft hover:border-sea hover:text-sea max-sm:size-11"
        trigger={
          <>
            <Plus className="size-4" aria-hidden="true" />
            <span className="sr-only">{t('canvas.insert', { from: titleOf(from), to: titleOf(to) })}</span>
          </>
        }
      >
        {movable && (
          <>
            <MenuItem onClick={() => move(selected, way)}>
              <MoveDown aria-hidden="true" />
              <span className="truncate">{t('canvas.moveHere', { title: titleOf(selected) })}</span>
            </MenuItem>
            <MenuLine />
          </>
        )}
        {stepTypes.map((type) => (
          <MenuItem key={type} onClick={() => insert(way, type)}>
            <StepMark type={type} />
            {t(`flow.say.kinds.${type}`)}
          </MenuItem>
        ))}
      </Menu>
    </div>
  );
}
