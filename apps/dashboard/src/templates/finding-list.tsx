'use client';
import { useLocale, useTranslations } from 'next-intl';
import type { Placed } from './findings';

const looks = {
  error: 'border-flare bg-flare-wash text-flare-ink',
  warning: 'border-brass bg-brass-wash text-brass-ink',
  info: 'border-rope-strong bg-sunk text-ink-soft',
} as const;

/** Advice, and what stands in the way, in the reader's language where there is a sentence for it. */
export function FindingList({ findings }: { findings: readonly Placed[] }) {
  const sentence = useSentence();
  if (findings.length === 0) return null;
  return (
    <ul className="grid gap-1">
      {findings.map((finding) => (
        <li
          key={`${finding.path} ${finding.message}`}
          className={`border-l-4 px-3 py-1.5 text-sm ${looks[finding.severity]}`}
        >
          {sentence(finding)}
        </li>
      ))}
    </ul>
  );
}

function useSentence(): (finding: Placed) => string {
  const t = useTranslations('template.findings');
  const english = useLocale() === 'en';
  return ({ code, message }) => {
    const known = code as Parameters<typeof t.has>[0];
    // What the API says in English is more exact, but for what it takes from its schema.
    if (code !== 'empty' && (english || !t.has(known))) return message;
    return t(known, { what: /\{\{.*?\}\}/.exec(message)?.[0] ?? '' });
  };
}
