'use client';
import { useLocale, useTranslations } from 'next-intl';
import { ChoiceField } from '../../components/field';
import { Panel } from '../../components/panel';
import type { Language } from '../../i18n/locales';
import type { Theme } from '../../shell/theme';
import { useTheme } from '../../shell/theme';
import { languages, useSetLanguage } from '../../shell/use-language';

/** Kept in this browser. */
export function Display() {
  const t = useTranslations();
  const [theme, setTheme] = useTheme();
  const setLanguage = useSetLanguage();
  return (
    <Panel title={t('settings.profile.display')}>
      <div className="grid grid-cols-1 gap-5 px-4 py-4 sm:grid-cols-2 sm:px-5">
        <ChoiceField
          label={t('shell.language')}
          value={useLocale()}
          options={languages}
          onChange={(event) => setLanguage(event.target.value as Language)}
        />
        <ChoiceField
          label={t('shell.theme')}
          value={theme}
          options={[
            ['system', t('shell.themeSystem')],
            ['light', t('shell.themeLight')],
            ['dark', t('shell.themeDark')],
          ]}
          onChange={(event) => setTheme(event.target.value as Theme)}
        />
      </div>
    </Panel>
  );
}
