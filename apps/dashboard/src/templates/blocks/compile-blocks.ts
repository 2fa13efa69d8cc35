import type { Block, SingleBlock } from './block';
import { inlineHtml, parseInline } from './inline';
import { escaped } from './liquid-pieces';
import { parseProse, proseHtml } from './prose';

export const headingStyle = 'margin:0;font-size:26px;line-height:1.3';
export const footerAttributes = { 'css-class': 'footer', 'font-size': '12px', color: '#6b7280' };
export const dividerAttributes = { 'border-width': '1px', 'border-color': '#d1d5db' };
const section = ['<mj-section>', '</mj-section>'] as const;
const column = ['<mj-column>', '</mj-column>'] as const;

/**
 * The MJML of a mail written by blocks; the same blocks always give the same text, and `readBlocks` finds them in it
 * again. Without columns it is the content of one column, which the API puts into its plain layout.
 */
export function compileBlocks(blocks: readonly Block[]): string {
  if (!blocks.some(({ kind }) => kind === 'columns'))
    return blocks.flatMap((block) => (block.kind === 'columns' ? [] : linesOf(block))).join('\n');
  return sectionsOf(blocks)
    .flatMap((columns) =>
      around(
        section,
        columns.flatMap((one) => around(column, one.flatMap(linesOf))),
      ),
    )
    .join('\n');
}

/** Neighbours share a section of one column; columns have one of their own. */
function sectionsOf(blocks: readonly Block[]): SingleBlock[][][] {
  const sections: SingleBlock[][][] = [];
  let run: SingleBlock[] | null = null;
  for (const block of blocks) {
    if (block.kind === 'columns') {
      sections.push([block.left, block.right]);
      run = null;
    } else if (run) run.push(block);
    else {
      run = [block];
      sections.push([run]);
    }
  }
  return sections;
}

const around = ([open, close]: readonly [string, string], lines: string[]): string[] => [
  open,
  ...lines.map((line) => `  ${line}`),
  close,
];

function linesOf(block: SingleBlock): string[] {
  switch (block.kind) {
    case 'heading': {
      const heading = `<h1 style="${headingStyle}">${inlineHtml(parseInline(block.text))}</h1>`;
      return [`<mj-text${aligned(block.align)}>${heading}</mj-text>`];
    }
    case 'text':
      return around([`<mj-text${aligned(block.align)}>`, '</mj-text>'], proseHtml(parseProse(block.text)));
    case 'footer':
      return around(
        [`<mj-text${attributes({ ...footerAttributes, align: 'center' })}>`, '</mj-text>'],
        proseHtml(parseProse(block.text)),
      );
    case 'image': {
      const { src, alt, href, width } = block;
      return [
        `<mj-image${attributes({ src, alt, href: href || null, width: width === null ? null : `${width}px` })} />`,
      ];
    }
    case 'button': {
      const { href, align, colour, text } = block;
      const given = { href, align: align === 'center' ? null : align, 'background-color': colour || null };
      return [`<mj-button${attributes(given)}>${escaped(text)}</mj-button>`];
    }
    case 'divider':
      return [`<mj-divider${attributes(dividerAttributes)} />`];
  }
}

const aligned = (align: string): string => attributes({ align: align === 'left' ? null : align });

const attributes = (given: Record<string, string | null>): string =>
  Object.entries(given)
    .flatMap(([name, value]) => (value === null ? [] : [` ${name}="${escaped(value)}"`]))
    .join('');
