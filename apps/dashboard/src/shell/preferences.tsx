'use client';
import { useSearchParams } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { MenuChoice } from '../components/menu';
import type { Language } from '../i18n/locales';
import { usePathname, useRouter } from '../i18n/navigation';
import { useTheme } from './theme';

const year = 31_536_000;

/** Which language and which light, as rows of a menu. */
export function Preferences() {
  const t = useTranslations('shell');
  const [theme, setTheme] = useTheme();
  const locale = useLocale();
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const router = useRouter();
  const setLanguage = (language: Language) => {
    // biome-ignore lint/suspicious/noDocumentCookie: the server reads it to choose the language of `/`.
    document.cookie = `halyard-language=${language}; path=/; max-age=${year}; samesite=lax`;
    router.replace(search ? `${pathname}?${search}` : pathname, { locale: language });
  };
  return (
    <>
      <MenuChoice
        title={t('language')}
        value={locale}
        options={[
          ['en', 'English'],
          ['de', 'Deutsch'],
        ]}
        onChoose={setLanguage}
      />
      <MenuChoice
        title={t('theme')}
        value={theme}
        options={[
          ['system', t('themeSystem')],
          ['light', t('themeLight')],
          ['dark', t('themeDark')],
        ]}
        onChoose={setTheme}
      />
    </>
  );
}
