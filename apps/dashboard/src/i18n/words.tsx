import { getLocale } from 'next-intl/server';
import type { Area } from './areas';
import { wordsOf } from './areas';
import { MoreWords } from './more-words';

interface Props {
  /** The areas whose words are used within, beside those that every page has. */
  of: readonly Area[];
  children: React.ReactNode;
}

/** A page carries the words that it shows, and not those of the whole dashboard. */
export async function Words({ of, children }: Props) {
  const locale = await getLocale();
  const words = await Promise.all(of.map((area) => wordsOf(locale, area)));
  return <MoreWords words={Object.assign({}, ...words)}>{children}</MoreWords>;
}
