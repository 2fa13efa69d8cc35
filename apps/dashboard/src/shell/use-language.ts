'use client';
import { useSearchParams } from 'next/navigation';
import type { Language } from '../i18n/locales';
import { usePathname, useRouter } from '../i18n/navigation';

const year = 31_536_000;

/** The languages by their own names. */
export const languages = [
  ['en', 'English'],
  ['de', 'Deutsch'],
] as const;

/** Changes the language where one is, and keeps it for the next time. */
export function useSetLanguage(): (language: Language) => void {
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const router = useRouter();
  return (language) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the server reads it to choose the language of `/`.
    document.cookie = `halyard-language=${language}; path=/; max-age=${year}; samesite=lax`;
    router.replace(search ? `${pathname}?${search}` : pathname, { locale: language });
  };
}
