'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../components/button';
import type { Block } from './blocks/block';
import { BlockFields } from './blocks/block-fields';
import { BlockList } from './blocks/block-list';
import { compileBlocks } from './blocks/compile-blocks';
import { readBlocks } from './blocks/read-blocks';
import type { Variant } from './content';
import { FindingList } from './finding-list';
import type { Placed } from './findings';
import { WrittenField } from './written-field';

interface Props {
  variant: Variant;
  onChange: (change: Partial<Variant>) => void;
  findings: readonly Placed[];
}

/**
 * The body of a mail: by blocks where blocks can say it, else as source. Only the source is kept; the blocks are read
 * from it, and stay as they are while one writes in them.
 */
export function BodyEditor({ variant, onChange, findings }: Props) {
  const t = useTranslations('template.body');
  const source = variant.mjml ?? '';
  const [read, setRead] = useState(() => ({ source, blocks: readBlocks(source) }));
  const [asSource, setAsSource] = useState(read.blocks === null); // and not until they are asked for: nothing jumps
  if (read.source !== source) setRead({ source, blocks: readBlocks(source) });
  if (variant.html !== undefined)
    return (
      <WrittenField
        label={t('html')}
        hint={t('htmlHint')}
        value={variant.html}
        onWrite={(html) => onChange({ html })}
        lines={20}
        source
        findings={findings}
      />
    );
  const byBlocks = read.blocks !== null && !asSource;
  const write = (blocks: Block[]) => {
    const written = compileBlocks(blocks);
    setRead({ source: written, blocks });
    onChange({ mjml: written });
  };
  return (
    <section aria-label={t('title')} className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-sm font-semibold">{t('title')}</h2>
        <fieldset className="flex">
          <legend className="sr-only">{t('way')}</legend>
          <Button
            look={byBlocks ? 'outlined' : 'plain'}
            aria-pressed={byBlocks}
            disabled={read.blocks === null}
            onClick={() => setAsSource(false)}
          >
            {t('blocks')}
          </Button>
          <Button
            look={byBlocks ? 'plain' : 'outlined'}
            aria-pressed={!byBlocks}
            onClick={() => setAsSource(true)}
          >
            {t('source')}
          </Button>
        </fieldset>
      </div>
      {read.blocks === null && <p className="text-sm text-ink-soft">{t('onlySource')}</p>}
      {byBlocks && read.blocks ? (
        <>
          <p className="text-sm text-ink-soft">{t('markupHint')}</p>
          <BlockList label={t('title')} blocks={read.blocks} Fields={BlockFields} onChange={write} />
          <FindingList findings={findings} />
        </>
      ) : (
        <WrittenField
          label="MJML"
          hint={t('sourceHint')}
          value={source}
          onWrite={(mjml) => onChange({ mjml })}
          lines={20}
          source
          findings={findings}
        />
      )}
    </section>
  );
}
