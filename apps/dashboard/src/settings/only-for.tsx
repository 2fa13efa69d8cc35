'use client';
import { useTranslations } from 'next-intl';
import { Empty } from '../components/empty';

/** A part that would be refused wholly. */
export function OnlyFor({ role }: { role: 'viewer' | 'editor' | 'admin' }) {
  const t = useTranslations('settings.onlyFor');
  return (
    <div className="rounded-lg border border-rope bg-sail">
      <Empty title={t(role)}>{t('hint')}</Empty>
    </div>
  );
}
