'use client';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';

/** Save, or leave it. */
export function FormEnd({ busy, onCancel, save }: { busy: boolean; onCancel: () => void; save?: string }) {
  const t = useTranslations('acts');
  return (
    <div className="flex flex-wrap gap-2">
      <Button type="submit" disabled={busy}>
        {save ?? t('save')}
      </Button>
      <Button look="plain" disabled={busy} onClick={onCancel}>
        {t('cancel')}
      </Button>
    </div>
  );
}
