'use client';
import { Check, ChevronRight, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { StoryEntry } from '../data/queries';

type Decision = Extract<StoryEntry, { kind: 'decision' }>;

/** What a decision rests on: every rule that was looked at, and what would have to differ. */
export function Checks({ decision: { checks, condition, smallest_change } }: { decision: Decision }) {
  const t = useTranslations('message');
  const findings = condition?.because ?? [];
  if (checks.length + findings.length === 0 && !smallest_change) return null;
  const failed = checks.filter(({ needs }) => needs !== null);
  return (
    <>
      {failed.map(({ rule, needs }) => (
        <Needed key={rule}>{needs}</Needed>
      ))}
      {smallest_change && <Needed>{smallest_change.sentence}</Needed>}
      {checks.length + findings.length > 0 && (
        <details className="group mt-1">
          <summary className="inline-flex min-h-6 list-none items-center gap-1 rounded-sm text-sm text-sea hover:underline [&::-webkit-details-marker]:hidden">
            <ChevronRight className="size-4 transition-transform group-open:rotate-90" aria-hidden="true" />
            {t('checks', { count: checks.length + findings.length })}
          </summary>
          <ul className="mt-1 grid gap-1.5 pb-1 text-sm text-ink-soft">
            {checks.map(({ rule, sentence, needs }) => (
              <Finding key={rule} holds={needs === null}>
                {sentence}
              </Finding>
            ))}
            {findings.map(({ field, op, sentence, holds }) => (
              <Finding key={`${field} ${op}`} holds={holds}>
                {sentence}
              </Finding>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

const Needed = ({ children }: { children: React.ReactNode }) => (
  <p className="mt-1 border-l-4 border-brass bg-brass-wash px-3 py-1.5 text-sm text-brass-ink">{children}</p>
);

function Finding({ holds, children }: { holds: boolean; children: React.ReactNode }) {
  const t = useTranslations('message');
  const Icon = holds ? Check : X;
  return (
    <li className="flex gap-2">
      <Icon
        className={`mt-0.5 size-4 shrink-0 ${holds ? 'text-kelp-ink' : 'text-flare-ink'}`}
        role="img"
        aria-label={t(holds ? 'passed' : 'failed')}
      />
      <span className="min-w-0 break-words">{children}</span>
    </li>
  );
}
