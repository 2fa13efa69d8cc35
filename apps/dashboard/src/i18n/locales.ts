/** The languages of the dashboard; the first is for whoever speaks neither. */
export const locales = ['en', 'de'] as const;
export type Language = (typeof locales)[number];

export const isLanguage = (text: string): text is Language => locales.some((locale) => locale === text);
