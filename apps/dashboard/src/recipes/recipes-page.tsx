'use client';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslations } from 'next-intl';
import { PageHead } from '../components/page-head';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import type { Recipe } from '../data/flows';
import { recipesQuery } from '../data/flows';
import { connectionsQuery, flowsQuery } from '../data/queries';
import { useAddress } from '../i18n/use-address';
import { useMay } from '../shell/use-may';
import { AfterInstall } from './after-install';
import { RecipeCard } from './recipe-card';

/** Flows that are ready to be used, with their templates. */
export function RecipesPage() {
  const t = useTranslations('recipes');
  const may = useMay();
  const { data, error, refetch } = useQuery(recipesQuery(useLocale()));
  const { data: flows } = useQuery(flowsQuery);
  const { data: connections } = useQuery(connectionsQuery);
  const { values } = useAddress(['installed']);
  const active = connections?.items.filter(({ status }) => status === 'active');
  const connected = active ? new Set<string>(active.flatMap(({ channels }) => channels)) : null;
  const installedFrom = (key: string) => flows?.items.filter(({ recipe }) => recipe === key) ?? [];
  const recent = data?.items.find(({ key }) => key === values.installed);
  return (
    <>
      <PageHead back={{ href: '/flows', text: t('back') }} title={t('title')} text={t('text')} />
      {recent && installedFrom(recent.key).length > 0 && (
        <AfterInstall
          recipe={recent}
          flows={installedFrom(recent.key)}
          connected={connected === null || connected.size > 0}
        />
      )}
      {error && <Trouble error={error} again={() => void refetch()} />}
      <div className="grid gap-5 lg:grid-cols-2">
        {data && flows
          ? largestFirst(data.items).map((recipe) => (
              <RecipeCard
                key={recipe.key}
                recipe={recipe}
                installed={installedFrom(recipe.key)}
                connected={connected}
                editable={may('editor')}
              />
            ))
          : !error &&
            ['a', 'b', 'c', 'd'].map((place) => (
              <div key={place} className="rounded-lg border border-rope bg-sail">
                <Skeleton lines={8} />
              </div>
            ))}
      </div>
    </>
  );
}

/** What does most comes first, and takes the whole width. */
const largestFirst = (recipes: readonly Recipe[]): Recipe[] =>
  [...recipes].sort((a, b) => b.flows.length - a.flows.length);
