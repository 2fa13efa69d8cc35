'use client';
import { useTranslations } from 'next-intl';
import type { FlowStatus } from '../data/flows';
import { Flag } from '../design/flag';
import { flowSignals } from './flow-signals';

export function FlowStatusBadge({ status }: { status: FlowStatus }) {
  const t = useTranslations('flows.status');
  return (
    <span className="inline-flex items-center gap-1.5 text-sm font-semibold whitespace-nowrap">
      <Flag signal={flowSignals[status]} />
      {t(status)}
    </span>
  );
}
