/** Text in which every piece of Liquid has been replaced by a word that HTML and MJML tools leave alone. */
export interface ProtectedLiquid {
  text: string;
  /** Puts the Liquid back. */
  restore(text: string): string;
  /** The pieces whose word occurs in `text`, and those whose word does not. */
  foundIn(text: string): string[];
  lostFrom(text: string): string[];
}

// A piece does not reach past the opening of another: else a text of openings alone would take quadratic time.
const pieces = /\{\{(?:(?!\{\{)[\s\S])*?\}\}|\{%(?:(?!\{%)[\s\S])*?%\}/g;

/** Hides the Liquid of `source`: quotes in it would tear attributes apart, and `<` in a condition would open a tag. */
export function protectLiquid(source: string): ProtectedLiquid {
  let mark = 'zlqd';
  while (source.includes(mark)) mark += 'q';
  const found: string[] = [];
  const word = (n: number) => `${mark}${n}z`;
  const text = source.replace(pieces, (piece) => word(found.push(piece) - 1));
  const words = new RegExp(`${mark}(\\d+)z`, 'g');
  const numbersIn = (processed: string) => new Set([...processed.matchAll(words)].map(([, n]) => Number(n)));
  return {
    text,
    restore: (processed) => processed.replace(words, (_, n: string) => found[Number(n)] ?? ''),
    foundIn: (processed) => [...numbersIn(processed)].flatMap((n) => found[n] ?? []),
    lostFrom: (processed) => {
      const kept = numbersIn(processed);
      return found.filter((_, n) => !kept.has(n));
    },
  };
}
