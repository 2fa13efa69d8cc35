'use client';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { issuesOf, Refused } from '../data/problem';
import type { Draft } from './use-draft';

/** Why what was edited is not saved yet, and what can be done; nothing of it is lost. */
export function SaveTrouble({ draft }: { draft: Draft }) {
  const t = useTranslations('flow.saving');
  if (draft.state === 'conflict')
    return (
      <div role="alert" className="mb-5 grid gap-2 rounded-lg bg-brass-wash px-4 py-3 text-sm">
        <p className="font-semibold text-brass-ink">{t('conflict')}</p>
        <p>{t('conflictHint')}</p>
        <div className="flex flex-wrap gap-2">
          <Button look="outlined" onClick={() => void draft.takeTheirs()}>
            {t('takeTheirs')}
          </Button>
          <Button look="outlined" onClick={() => void draft.keepMine()}>
            {t('keepMine')}
          </Button>
        </div>
      </div>
    );
  if (draft.state !== 'refused') return null;
  const issues = Object.entries(issuesOf(draft.error));
  const { steps } = draft.definition;
  return (
    <div role="alert" className="mb-5 grid gap-1 rounded-lg bg-flare-wash px-4 py-3 text-sm">
      <p className="font-semibold text-flare-ink">
        {t(draft.error instanceof Refused ? 'refused' : 'unreachable')}
      </p>
      <ul>
        {issues.map(([path, message]) => {
          const at = /steps\.(\d+)/.exec(path)?.[1];
          const step = at === undefined ? undefined : steps[Number(at)];
          return (
            <li key={path}>
              {step ? `${step.name ?? step.id}: ` : ''}
              {message}
            </li>
          );
        })}
      </ul>
      <div className="pt-1">
        <Button look="outlined" onClick={() => void draft.save().catch(() => {})}>
          {t('again')}
        </Button>
      </div>
    </div>
  );
}
