'use client';
import { Plus } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { buttonStyle } from '../../components/button';
import { Menu, MenuItem } from '../../components/menu';
import type { Block, BlockKind } from './block';
import { BlockRow } from './block-row';
import { newBlock } from './new-block';
import { useItems } from './use-items';

const kinds = ['heading', 'text', 'image', 'button', 'divider', 'columns', 'footer'] as const;

interface Props<B extends Block> {
  /** What the list is, for screen readers. */
  label: string;
  blocks: readonly B[];
  /** What may be added. */
  offered?: readonly B['kind'][];
  /** What is written in each of them. */
  Fields: React.ComponentType<{ block: Block; onChange: (block: Block) => void }>;
  onChange: (blocks: B[]) => void;
}

/** Blocks from top to bottom: each is written where it stands, moved by its buttons or by its handle. */
export function BlockList<B extends Block>({ label, blocks, offered = kinds, Fields, onChange }: Props<B>) {
  const t = useTranslations('template.blocks');
  const { items, change, remove, add, move } = useItems(blocks, onChange);
  const [dragged, setDragged] = useState<string | null>(null);
  return (
    <div className="grid gap-3">
      {items.length > 0 && (
        <ol aria-label={label} className="divide-y divide-rope border-y border-rope">
          {items.map(({ id, value }, at) => (
            <BlockRow
              key={id}
              kind={value.kind}
              isFirst={at === 0}
              isLast={at === items.length - 1}
              onMove={(by) => move(id, at + by)}
              onRemove={() => remove(id)}
              onDrag={() => setDragged(id)}
              onDragOver={() => dragged !== null && dragged !== id && move(dragged, at)}
              onDrop={() => setDragged(null)}
              isDragged={dragged === id}
            >
              <Fields block={value} onChange={(next) => change(id, next as B)} />
            </BlockRow>
          ))}
        </ol>
      )}
      <Menu
        place="left-0 top-full mt-1"
        triggerClass={buttonStyle({ look: 'outlined' })}
        trigger={
          <>
            <Plus aria-hidden="true" />
            {t('add')}
          </>
        }
      >
        {offered.map((kind: BlockKind) => (
          <MenuItem key={kind} onClick={() => add(newBlock(kind, t('unsubscribe')) as B)}>
            {t(`kinds.${kind}`)}
          </MenuItem>
        ))}
      </Menu>
    </div>
  );
}
