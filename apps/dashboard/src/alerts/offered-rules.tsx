'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { AskFirst } from '../components/ask-first';
import { offeredRulesQuery } from '../data/alerts';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { useAct } from '../data/use-act';
import { useRuleName } from './use-rule-name';

/** Rules that most organizations want, in one go; those that are there already stay as they are. */
export function OfferedRules() {
  const t = useTranslations('alerts.rule');
  const { data } = useQuery(offeredRulesQuery);
  const nameOf = useRuleName();
  const missing = data?.items.filter(({ installed }) => !installed) ?? [];
  const install = useAct({
    do: () => answerOf(halyard.POST('/alert-rules/defaults', { body: {} })),
    changes: ['alert-rules'],
    done: () => ({ text: t('installed') }),
  });
  if (missing.length === 0) return null;
  return (
    <AskFirst
      act={t('offered', { count: missing.length })}
      means={missing.map(({ name }) => nameOf(name)).join(', ')}
      now={t('install')}
      onSure={() => install.mutateAsync()}
    />
  );
}
