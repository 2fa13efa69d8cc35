import { setRequestLocale } from 'next-intl/server';
import type { Language } from './locales';

export interface PageProps {
  params: Promise<{ locale: string }>;
}

/** The language of a page that is being built; every page asks, so that all of it is rendered in that language. */
export async function languageOf(params: PageProps['params']): Promise<Language> {
  const language = (await params).locale as Language;
  setRequestLocale(language);
  return language;
}
