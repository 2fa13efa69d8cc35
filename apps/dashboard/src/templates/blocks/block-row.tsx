'use client';
import { ArrowDown, ArrowUp, GripVertical, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { classNames } from '../../components/class-names';
import { SignButton } from '../../components/compact-controls';
import type { BlockKind } from './block';

interface Props {
  kind: BlockKind;
  isFirst: boolean;
  isLast: boolean;
  isDragged: boolean;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
  onDrag: () => void;
  /** Something of this list is dragged over it. */
  onDragOver: () => void;
  onDrop: () => void;
  children: React.ReactNode;
}

/** One block with what can be done to it as a whole. */
export function BlockRow({ kind, isFirst, isLast, isDragged, children, ...on }: Props) {
  const t = useTranslations('template.blocks');
  const row = useRef<HTMLLIElement>(null);
  const name = t(`kinds.${kind}`);
  const move = (by: 1 | -1) => (event: React.MouseEvent<HTMLButtonElement>) => {
    const button = event.currentTarget;
    on.onMove(by);
    requestAnimationFrame(() => button.focus()); // the browser forgets the focus of what is moved
  };
  return (
    <li
      ref={row}
      onDragEnter={on.onDragOver}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault(); // or Firefox would go to what was dropped
        on.onDrop();
      }}
      className={classNames('grid gap-2 py-3', isDragged && 'opacity-50')}
    >
      <div className="flex items-center justify-between">
        <span className="flex items-center gap-1.5 text-sm text-ink-soft">
          <span
            draggable
            aria-hidden="true"
            title={t('drag')}
            onDragStart={({ dataTransfer }) => {
              dataTransfer.effectAllowed = 'move';
              dataTransfer.setData('text/plain', name);
              if (row.current) dataTransfer.setDragImage(row.current, 12, 12);
              on.onDrag();
            }}
            onDragEnd={on.onDrop}
            className="hidden cursor-grab py-1 sm:block"
          >
            <GripVertical className="size-4" />
          </span>
          {name}
        </span>
        <span className="flex">
          <SignButton label={t('up', { name })} aria-disabled={isFirst} onClick={move(-1)}>
            <ArrowUp aria-hidden="true" />
          </SignButton>
          <SignButton label={t('down', { name })} aria-disabled={isLast} onClick={move(1)}>
            <ArrowDown aria-hidden="true" />
          </SignButton>
          <SignButton label={t('remove', { name })} onClick={on.onRemove}>
            <Trash2 aria-hidden="true" />
          </SignButton>
        </span>
      </div>
      {children}
    </li>
  );
}
