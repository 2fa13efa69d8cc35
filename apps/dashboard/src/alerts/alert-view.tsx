'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import { DetailPane, Part } from '../components/detail-pane';
import type { AlertDetail } from '../data/alerts';
import { alertQuery } from '../data/alerts';
import { Flag } from '../design/flag';
import { useMay } from '../shell/use-may';
import { AlertActs } from './alert-acts';
import { AlertTimeline } from './alert-timeline';
import { signalOfAlert } from './signals';
import { useAlertSentence } from './use-alert-sentence';
import { useRuleName } from './use-rule-name';

interface Props {
  id: string;
  onBack: () => void;
  /** It stays in view when it has left the list. */
  onActed: () => void;
}

/** One alert: what is wrong, how it stands, what can be done, and everything that happened to it. */
export function AlertView({ id, onBack, onActed }: Props) {
  const t = useTranslations('alerts');
  return (
    <DetailPane
      query={useQuery(alertQuery(id))}
      words={{ label: t('alert'), back: t('back'), missing: t('missing'), missingHint: t('missingHint') }}
      onBack={onBack}
    >
      {(alert) => <Whole alert={alert} onActed={onActed} />}
    </DetailPane>
  );
}

function Whole({ alert, onActed }: { alert: AlertDetail; onActed: () => void }) {
  const t = useTranslations('alerts');
  const may = useMay()('editor');
  const nameOf = useRuleName();
  const sentenceOf = useAlertSentence();
  return (
    <div className="grid gap-5 px-4 py-4 sm:px-5">
      <header className="grid gap-1">
        <h2 className="flex items-start gap-3 text-lg">
          <Flag signal={signalOfAlert(alert)} className="mt-0.5 size-5" />
          <span className="min-w-0 break-words">{nameOf(alert.rule_name)}</span>
        </h2>
        <p className="text-sm text-ink-soft">
          {t(`severities.${alert.severity}`)} · {t(`statuses.${alert.status}`)} · {t('since')}{' '}
          <At instant={alert.fired_at} />
        </p>
      </header>
      <p className="border-l-4 border-brass bg-brass-wash px-3 py-2 break-words text-brass-ink">
        {sentenceOf(alert)}
      </p>
      {alert.silenced_until && alert.status === 'silenced' && (
        <p className="text-sm">
          {t('silentUntil')} <At instant={alert.silenced_until} />
        </p>
      )}
      {may && alert.status !== 'resolved' && <AlertActs alert={alert} onActed={onActed} />}
      <Part title={t('timeline')}>
        <AlertTimeline entries={alert.entries} />
      </Part>
    </div>
  );
}
