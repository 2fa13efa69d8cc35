import type { Align, Block, SingleBlock } from './block';
import { dividerAttributes, footerAttributes, headingStyle } from './compile-blocks';
import type { Inline } from './inline';
import type { MjmlToken } from './mjml-tokens';
import { mjmlTokens } from './mjml-tokens';
import type { Piece } from './prose';
import { linesFrom, writeLines, writeProse } from './prose';

/**
 * The blocks that this MJML is made of: what `compileBlocks` wrote, and anything that a person wrote in the same few
 * words. Null when there is more in it than blocks can say; then it stays source.
 */
export function readBlocks(source: string): Block[] | null {
  const tokens = mjmlTokens(source);
  if (!tokens) return null;
  try {
    return new BlockReader(tokens).document();
  } catch (error) {
    if (error instanceof NotBlocks) return null;
    throw error;
  }
}

class NotBlocks extends Error {}

type Opening = Extract<MjmlToken, { kind: 'open' }>;
type Attributes = Readonly<Record<string, string>>;

class BlockReader {
  #at = 0;

  constructor(private readonly tokens: readonly MjmlToken[]) {}

  document(): Block[] {
    this.#space();
    const [first] = this.tokens.slice(this.#at);
    const blocks =
      first?.kind === 'open' && first.name === 'mj-section' ? this.#sections() : this.#singles(null);
    if (this.#at < this.tokens.length) throw new NotBlocks();
    return blocks;
  }

  #sections(): Block[] {
    const blocks: Block[] = [];
    let hadColumns = true;
    for (let one = this.#opening('mj-section'); one; one = this.#opening('mj-section')) {
      only(one.attributes);
      const columns: SingleBlock[][] = [];
      for (let next = this.#opening('mj-column'); next; next = this.#opening('mj-column')) {
        only(next.attributes);
        columns.push(this.#singles('mj-column'));
      }
      this.#closing('mj-section');
      const [left, right, more] = columns;
      // Two plain sections in a row would be written as one, and so would lose the space between them.
      if (!left || more || (!right && (!hadColumns || left.length === 0))) throw new NotBlocks();
      if (right) blocks.push({ kind: 'columns', left, right });
      else blocks.push(...left);
      hadColumns = right !== undefined;
    }
    // Without columns it would be written without sections.
    if (!blocks.some(({ kind }) => kind === 'columns')) throw new NotBlocks();
    return blocks;
  }

  /** Up to the end of this tag, or of everything. */
  #singles(within: string | null): SingleBlock[] {
    const blocks: SingleBlock[] = [];
    for (let tag = this.#opening(); tag; tag = this.#opening()) blocks.push(this.#single(tag));
    if (within) this.#closing(within);
    return blocks;
  }

  #single({ name, attributes, closed }: Opening): SingleBlock {
    switch (name) {
      case 'mj-text':
        if (closed) throw new NotBlocks();
        return this.#text(attributes);
      case 'mj-button': {
        const { href = '', align = 'center', 'background-color': colour = '', ...rest } = attributes;
        only(rest);
        const [words, ...others] = closed ? [] : this.#lines('mj-button');
        if (others.length || (words && words.kind !== 'words')) throw new NotBlocks();
        return { kind: 'button', text: words?.text ?? '', href, align: alignOf(align), colour };
      }
      case 'mj-image': {
        const { src = '', alt = '', href = '', width, ...rest } = attributes;
        only(rest);
        if (width !== undefined && !/^[1-9]\d{0,3}px$/.test(width)) throw new NotBlocks();
        if (!closed) this.#closing('mj-image');
        return { kind: 'image', src, alt, href, width: width ? Number.parseInt(width, 10) : null };
      }
      case 'mj-divider':
        if (JSON.stringify(attributes) !== JSON.stringify(dividerAttributes)) throw new NotBlocks();
        if (!closed) this.#closing('mj-divider');
        return { kind: 'divider' };
      default:
        throw new NotBlocks();
    }
  }

  #text(attributes: Attributes): SingleBlock {
    if (attributes['css-class'] === 'footer') {
      if (JSON.stringify(attributes) !== JSON.stringify({ ...footerAttributes, align: 'center' }))
        throw new NotBlocks();
      return { kind: 'footer', text: orNot(writeProse(this.#pieces())) };
    }
    const { align = 'left', ...rest } = attributes;
    only(rest);
    const heading = this.#opening('h1');
    if (!heading) return { kind: 'text', text: orNot(writeProse(this.#pieces())), align: alignOf(align) };
    if (heading.attributes.style !== headingStyle) throw new NotBlocks();
    const text = orNot(writeLines(this.#lines('h1')));
    this.#closing('mj-text');
    return { kind: 'heading', text, align: alignOf(align) };
  }

  /** Paragraphs, lists and tags up to the end of the text. */
  #pieces(): Piece[] {
    const pieces: Piece[] = [];
    for (;;) {
      this.#space();
      const token = this.#take();
      if (token.kind === 'close' && token.name === 'mj-text') return pieces;
      if (token.kind === 'liquid' && token.text.startsWith('{%'))
        pieces.push({ kind: 'tag', tag: token.text });
      else if (token.kind === 'open' && !token.closed && token.name === 'p') {
        only(token.attributes);
        pieces.push({ kind: 'paragraph', lines: this.#lines('p') });
      } else if (token.kind === 'open' && !token.closed && token.name === 'ul') {
        only(token.attributes);
        pieces.push({ kind: 'list', items: this.#items() });
      } else throw new NotBlocks();
    }
  }

  #items(): Inline[][] {
    const items: Inline[][] = [];
    for (let item = this.#opening('li'); item; item = this.#opening('li')) {
      only(item.attributes);
      items.push(this.#lines('li'));
    }
    this.#closing('ul');
    return items;
  }

  #lines = (end: string): Inline[] => linesFrom(this.#inline(end));

  #inline(end: string): Inline[] {
    const nodes: Inline[] = [];
    for (;;) {
      const token = this.#take();
      if (token.kind === 'close' && token.name === end) return nodes;
      if (token.kind === 'words' || token.kind === 'liquid') nodes.push({ kind: 'words', text: token.text });
      else if (token.kind === 'open') nodes.push(this.#node(token));
      else throw new NotBlocks();
    }
  }

  #node({ name, attributes, closed }: Opening): Inline {
    const { href, ...rest } = attributes;
    only(rest);
    if (name === 'a' && href !== undefined && !closed)
      return { kind: 'link', within: this.#inline('a'), href };
    if (href !== undefined) throw new NotBlocks();
    if (name === 'br') return { kind: 'break' };
    if ((name === 'strong' || name === 'b') && !closed) return { kind: 'bold', within: this.#inline(name) };
    throw new NotBlocks();
  }

  #take(): MjmlToken {
    const token = this.tokens[this.#at];
    if (!token) throw new NotBlocks();
    this.#at += 1;
    return token;
  }

  /** The next tag, when it opens one (of this name); else nothing is passed but space. */
  #opening(name?: string): Opening | null {
    this.#space();
    const token = this.tokens[this.#at];
    if (token?.kind !== 'open' || (name !== undefined && token.name !== name)) return null;
    this.#at += 1;
    return token;
  }

  #closing(name: string): void {
    this.#space();
    const token = this.#take();
    if (token.kind !== 'close' || token.name !== name) throw new NotBlocks();
  }

  #space(): void {
    for (let token = this.tokens[this.#at]; token?.kind === 'words'; token = this.tokens[this.#at]) {
      if (!/^[ \t\r\n\f]*$/.test(token.text)) return;
      this.#at += 1;
    }
  }
}

function only(rest: Attributes): void {
  if (Object.keys(rest).length) throw new NotBlocks();
}

function orNot(text: string | null): string {
  if (text === null) throw new NotBlocks();
  return text;
}

function alignOf(text: string): Align {
  if (text === 'left' || text === 'center' || text === 'right') return text;
  throw new NotBlocks();
}
