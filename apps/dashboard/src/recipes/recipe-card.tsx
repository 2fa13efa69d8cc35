'use client';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, buttonStyle } from '../components/button';
import { classNames } from '../components/class-names';
import type { FlowSummary, Recipe } from '../data/flows';
import { Flag } from '../design/flag';
import { Link } from '../i18n/navigation';
import { InstallRecipe } from './install-recipe';
import { RecipeLine } from './recipe-line';
import { needsOf } from './recipe-needs';

interface Props {
  recipe: Recipe;
  /** The flows that were installed from it. */
  installed: readonly FlowSummary[];
  /** Channels on which messages can go out now; null while that is not known. */
  connected: ReadonlySet<string> | null;
  editable: boolean;
}

/** What a recipe does, how it is made, and what it needs. */
export function RecipeCard({ recipe, installed, connected, editable }: Props) {
  const t = useTranslations('recipes');
  const locale = useLocale();
  const [asked, setAsked] = useState(false);
  const wide = recipe.flows.length > 2;
  return (
    <article
      className={classNames(
        'flex flex-col gap-4 rounded-lg border border-rope bg-sail p-4 sm:p-5',
        wide && 'lg:col-span-2',
      )}
    >
      <header>
        <h2 className="text-lg">{recipe.name[locale]}</h2>
        <p className="mt-1 text-ink-soft">{recipe.description[locale]}</p>
      </header>
      <ul className={classNames('grid gap-x-10 gap-y-3', wide && 'lg:grid-cols-2')}>
        {recipe.flows.map(({ key, definition }) => (
          <RecipeLine key={key} definition={definition} />
        ))}
      </ul>
      <Needs recipe={recipe} connected={connected} />
      <footer className="mt-auto grid gap-3">
        {installed.length > 0 ? (
          <div className="flex flex-wrap items-center justify-between gap-3">
            <p className="flex items-center gap-2 text-sm font-semibold">
              <Flag signal="good" />
              {t('installed')}
            </p>
            <Link
              href={installed.length === 1 ? `/flow?id=${installed[0]?.id}` : '/flows'}
              className={buttonStyle({ look: 'outlined' })}
            >
              {t('open', { count: installed.length })}
            </Link>
          </div>
        ) : asked ? (
          <InstallRecipe recipe={recipe} onClose={() => setAsked(false)} />
        ) : (
          editable && (
            <Button look="outlined" className="justify-self-start" onClick={() => setAsked(true)}>
              {t('install')}
              <span className="sr-only">: {recipe.name[locale]}</span>
            </Button>
          )
        )}
      </footer>
    </article>
  );
}

function Needs({ recipe, connected }: Pick<Props, 'recipe' | 'connected'>) {
  const t = useTranslations('recipes');
  const channelName = useTranslations('channels');
  const { channels, events } = needsOf(recipe);
  return (
    <div className="grid gap-1 text-sm">
      <h3 className="text-xs text-ink-soft">{t('needs')}</h3>
      <ul className="flex flex-wrap gap-x-5 gap-y-1">
        {channels.map((channel) => {
          const missing = connected !== null && !connected.has(channel);
          return (
            <li key={channel} className="flex flex-wrap items-center gap-2">
              <Flag signal={missing ? 'waiting' : 'good'} />
              {channelName(channel)}
              {missing && (
                <span className="text-ink-soft">
                  {t(channels.length > 1 ? 'nextTakesOver' : 'notConnected')}
                </span>
              )}
            </li>
          );
        })}
        {events.map((event) => (
          <li key={event} className="flex flex-wrap items-center gap-2">
            <Flag signal="waiting" />
            {t('sendsEvent', { event })}
          </li>
        ))}
      </ul>
    </div>
  );
}
