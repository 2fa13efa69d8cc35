'use client';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import { chosenInList } from '../components/list-and-detail';
import type { Alert } from '../data/alerts';
import { Flag } from '../design/flag';
import { signalOfAlert } from './signals';
import { useAlertSentence } from './use-alert-sentence';
import { useRuleName } from './use-rule-name';

interface Props {
  alerts: readonly Alert[];
  shown: string | undefined;
  onChoose: (id: string) => void;
}

export function AlertList({ alerts, shown, onChoose }: Props) {
  const t = useTranslations('alerts');
  const nameOf = useRuleName();
  const sentenceOf = useAlertSentence();
  return (
    <ul className="divide-y divide-rope" aria-label={t('title')}>
      {alerts.map((alert) => (
        <li key={alert.id}>
          <button
            type="button"
            aria-current={alert.id === shown ? 'true' : undefined}
            onClick={() => onChoose(alert.id)}
            className={`flex gap-3 ${chosenInList}`}
          >
            <Flag signal={signalOfAlert(alert)} className="mt-0.5 size-4.5" />
            <span className="grid min-w-0 flex-1 gap-0.5">
              <span className="font-semibold break-words">{nameOf(alert.rule_name)}</span>
              <span className="line-clamp-2 break-words text-ink-soft">{sentenceOf(alert)}</span>
              <span className="flex flex-wrap gap-x-2 text-xs text-ink-soft">
                <span>{t(`severities.${alert.severity}`)}</span>
                <span aria-hidden="true">·</span>
                <At instant={alert.fired_at} as="relative" />
              </span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
