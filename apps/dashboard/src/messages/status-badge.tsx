'use client';
import { useTranslations } from 'next-intl';
import type { Message } from '../data/queries';
import { Flag } from '../design/flag';
import { signals } from './signals';

export function StatusBadge({ status }: { status: Message['status'] }) {
  const t = useTranslations('status');
  return (
    <span className="inline-flex items-center gap-1.5 text-sm font-semibold whitespace-nowrap">
      <Flag signal={signals[status]} />
      {t(status)}
    </span>
  );
}
