/** What an email is made of when it is written by blocks. Texts are in the markup of `prose.ts`, with Liquid in them. */
export type Align = 'left' | 'center' | 'right';

export type SingleBlock =
  | { kind: 'heading'; text: string; align: Align }
  | { kind: 'text'; text: string; align: Align }
  /** `width` in pixels; null for as wide as there is room. */
  | { kind: 'image'; src: string; alt: string; href: string; width: number | null }
  /** `colour` as #rrggbb; '' for the one that buttons have. */
  | { kind: 'button'; text: string; href: string; align: Align; colour: string }
  | { kind: 'divider' }
  | { kind: 'footer'; text: string };

export interface ColumnsBlock {
  kind: 'columns';
  left: SingleBlock[];
  right: SingleBlock[];
}

export type Block = SingleBlock | ColumnsBlock;
export type BlockKind = Block['kind'];
