'use client';
import { useTranslations } from 'next-intl';
import type words from '../../words/en/settings.json';

type Words = (typeof words)['settings']['audit'];

/** What an action is called: the thing and what was done to it; an unknown one as it is. */
export function useActionWords(): (action: string) => string {
  const t = useTranslations('settings.audit');
  return (action) => {
    const [thing = '', verb = ''] = action.split('.');
    const [named, done] = [
      `things.${thing as keyof Words['things']}`,
      `verbs.${verb as keyof Words['verbs']}`,
    ] as const;
    return t.has(named) && t.has(done) ? `${t(named)}: ${t(done)}` : action;
  };
}
