'use client';
import { useTranslations } from 'next-intl';
import { Button, buttonStyle } from '../components/button';
import { Empty } from '../components/empty';
import { Link } from '../i18n/navigation';
import { useMay } from '../shell/use-may';

/** Why the list is empty, and the three ways in which contacts come. */
export function NoContacts({ narrowed, onClear }: { narrowed: boolean; onClear: () => void }) {
  const t = useTranslations('contacts');
  const may = useMay();
  if (narrowed)
    return (
      <Empty title={t('noneSuch')}>
        <p className="mb-3">{t('noneSuchHint')}</p>
        <Button look="outlined" onClick={onClear}>
          {t('showAll')}
        </Button>
      </Empty>
    );
  return (
    <Empty signal="waiting" title={t('none')}>
      <p className="mb-4">{t('noneHint')}</p>
      {may('editor') && (
        <div className="flex flex-wrap justify-center gap-2">
          <Link href="/imports" className={buttonStyle({ look: 'outlined' })}>
            {t('importFile')}
          </Link>
          <Link href="/contacts?new=1" className={buttonStyle({ look: 'outlined' })}>
            {t('createOne')}
          </Link>
          <a href="/docs" className={buttonStyle({ look: 'outlined' })}>
            {t('sendEvents')}
          </a>
        </div>
      )}
    </Empty>
  );
}
