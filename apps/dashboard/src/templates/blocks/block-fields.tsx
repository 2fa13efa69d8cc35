'use client';
import { AlignCenter, AlignLeft, AlignRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { SignButton } from '../../components/compact-controls';
import { Field } from '../../components/field';
import { WrittenField } from '../written-field';
import type { Align, Block, SingleBlock } from './block';
import { BlockList } from './block-list';

interface Props<B extends Block> {
  block: B;
  onChange: (block: B) => void;
}

/** What is written in a block, and how it looks. */
export function BlockFields({ block, onChange }: Props<Block>) {
  const t = useTranslations('template.blocks');
  switch (block.kind) {
    case 'heading':
    case 'text':
      return (
        <WrittenField
          label={t('fields.text')}
          value={block.text}
          onWrite={(text) => onChange({ ...block, text })}
          lines={block.kind === 'text' ? 3 : 1}
          markup
          more={<AlignChoice align={block.align} onChange={(align) => onChange({ ...block, align })} />}
        />
      );
    case 'footer':
      return (
        <WrittenField
          label={t('fields.text')}
          value={block.text}
          onWrite={(text) => onChange({ ...block, text })}
          lines={2}
          markup
        />
      );
    case 'image':
      return <ImageFields block={block} onChange={onChange} />;
    case 'button':
      return <ButtonFields block={block} onChange={onChange} />;
    case 'divider':
      return null;
    case 'columns':
      return (
        <div className="grid gap-4 sm:grid-cols-2">
          {(['left', 'right'] as const).map((side) => (
            <div key={side} className="min-w-0">
              <h3 className="mb-2 text-xs text-ink-soft">{t(side)}</h3>
              <BlockList<SingleBlock>
                label={t(side)}
                blocks={block[side]}
                Fields={BlockFields}
                offered={['heading', 'text', 'image', 'button', 'divider']}
                onChange={(blocks) => onChange({ ...block, [side]: blocks })}
              />
            </div>
          ))}
        </div>
      );
  }
}

function ImageFields({ block, onChange }: Props<Extract<Block, { kind: 'image' }>>) {
  const t = useTranslations('template.blocks.fields');
  return (
    <div className="grid gap-3">
      <WrittenField
        label={t('src')}
        hint={t('srcHint')}
        value={block.src}
        onWrite={(src) => onChange({ ...block, src })}
      />
      <WrittenField
        label={t('alt')}
        hint={t('altHint')}
        value={block.alt}
        onWrite={(alt) => onChange({ ...block, alt })}
      />
      <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-3">
        <WrittenField label={t('href')} value={block.href} onWrite={(href) => onChange({ ...block, href })} />
        <Field
          label={t('width')}
          type="number"
          min={1}
          max={1200}
          value={block.width ?? ''}
          onChange={({ target }) => onChange({ ...block, width: pixels(target.value) })}
          className="w-36"
        />
      </div>
    </div>
  );
}

const pixels = (typed: string): number | null => {
  const width = Math.min(1200, Math.trunc(Number(typed)));
  return width > 0 ? width : null;
};

function ButtonFields({ block, onChange }: Props<Extract<Block, { kind: 'button' }>>) {
  const t = useTranslations('template.blocks.fields');
  return (
    <div className="grid gap-3">
      <WrittenField label={t('button')} value={block.text} onWrite={(text) => onChange({ ...block, text })} />
      <WrittenField label={t('target')} value={block.href} onWrite={(href) => onChange({ ...block, href })} />
      <Field
        label={t('colour')}
        type="color"
        className="w-24"
        value={block.colour || plainColour}
        onChange={({ target }) => onChange({ ...block, colour: target.value })}
      />
    </div>
  );
}

/** What buttons have in the layout of the API. */
const plainColour = '#0b5cad';

const aligns = [
  ['left', AlignLeft],
  ['center', AlignCenter],
  ['right', AlignRight],
] as const;

function AlignChoice({ align, onChange }: { align: Align; onChange: (align: Align) => void }) {
  const t = useTranslations('template.blocks.aligns');
  return aligns.map(([one, Sign]) => (
    <SignButton
      key={one}
      label={t(one)}
      aria-pressed={one === align}
      className="aria-pressed:text-sea"
      onClick={() => onChange(one)}
    >
      <Sign aria-hidden="true" />
    </SignButton>
  ));
}
