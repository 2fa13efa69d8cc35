'use client';
import { useTranslations } from 'next-intl';
import type { Import } from '../data/imports';
import type { Signal } from '../design/flag';
import { Flag } from '../design/flag';

const signals: Record<Import['status'], Signal> = {
  uploading: 'waiting',
  queued: 'waiting',
  running: 'waiting',
  completed: 'good',
  failed: 'bad',
  cancelled: 'lowered',
};

export function ImportStatus({ of: { status } }: { of: Import }) {
  const t = useTranslations('imports.status');
  return (
    <span className="inline-flex items-center gap-1.5 text-sm font-semibold whitespace-nowrap">
      <Flag signal={signals[status]} />
      {t(status)}
    </span>
  );
}
