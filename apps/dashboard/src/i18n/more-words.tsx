'use client';
import type { AbstractIntlMessages } from 'next-intl';
import { NextIntlClientProvider, useLocale, useMessages } from 'next-intl';

/** Words beside those that are there already. */
export function MoreWords({ words, children }: { words: AbstractIntlMessages; children: React.ReactNode }) {
  const known = useMessages();
  return (
    <NextIntlClientProvider locale={useLocale()} messages={{ ...known, ...words }}>
      {children}
    </NextIntlClientProvider>
  );
}
