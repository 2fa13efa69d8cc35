import type { Language } from '../i18n/locales';

/** "Deutsch (Österreich)" for de-AT, in the reader's language; the tag itself where it is none. */
export function languageName(locale: string, reader: Language): string {
  try {
    return new Intl.DisplayNames(reader, { type: 'language' }).of(locale) ?? locale;
  } catch {
    return locale;
  }
}
