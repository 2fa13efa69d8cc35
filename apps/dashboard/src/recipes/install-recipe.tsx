'use client';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../components/button';
import { ChoiceField } from '../components/field';
import { Trouble } from '../components/trouble';
import type { Recipe } from '../data/flows';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { useAct } from '../data/use-act';
import type { Language } from '../i18n/locales';
import { useRouter } from '../i18n/navigation';

/** What installing will create, and in which language. */
export function InstallRecipe({ recipe, onClose }: { recipe: Recipe; onClose: () => void }) {
  const t = useTranslations('recipes');
  const acts = useTranslations('acts');
  const shown = useLocale();
  const router = useRouter();
  const [locale, setLocale] = useState<Language>(shown);
  const install = useAct({
    do: async () => {
      const params = { path: { key: recipe.key } };
      const installed = await answerOf(halyard.POST('/recipes/{key}/install', { params, body: { locale } }));
      // Not when all is settled: this form is gone as soon as the list of flows was read again.
      router.replace(`/recipes?installed=${recipe.key}`);
      return installed;
    },
    changes: ['flow', 'flows', 'templates', 'topics'],
    done: ({ flows }) => ({ text: t('done', { count: flows.length }) }),
    tellsErrors: true,
  });
  return (
    <div className="grid gap-4 border-t border-rope pt-4">
      <div className="text-sm">
        <p>
          {t('creates', {
            flows: recipe.flows.length,
            templates: recipe.templates.length,
            topics: recipe.topics.length,
          })}
        </p>
        <p className="mt-1 text-ink-soft">{t('liveAtOnce')}</p>
      </div>
      <ChoiceField
        label={t('language')}
        hint={t('languageHint')}
        value={locale}
        options={[
          ['en', 'English'],
          ['de', 'Deutsch'],
        ]}
        onChange={({ target }) => setLocale(target.value === 'de' ? 'de' : 'en')}
      />
      {install.error && <Trouble error={install.error} />}
      <div className="flex flex-wrap gap-2">
        <Button disabled={install.isPending} onClick={() => install.mutate()}>
          {t('installNow')}
        </Button>
        <Button look="plain" onClick={onClose}>
          {acts('cancel')}
        </Button>
      </div>
    </div>
  );
}
