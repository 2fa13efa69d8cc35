'use client';
import { useLocale, useTranslations } from 'next-intl';
import { MenuChoice } from '../components/menu';
import { useTheme } from './theme';
import { languages, useSetLanguage } from './use-language';

/** Which language and which light, as rows of a menu. */
export function Preferences() {
  const t = useTranslations('shell');
  const [theme, setTheme] = useTheme();
  const setLanguage = useSetLanguage();
  return (
    <>
      <MenuChoice title={t('language')} value={useLocale()} options={languages} onChoose={setLanguage} />
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
