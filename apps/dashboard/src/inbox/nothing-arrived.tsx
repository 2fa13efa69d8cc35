'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button, buttonStyle } from '../components/button';
import { Empty } from '../components/empty';
import { connectionsQuery } from '../data/queries';
import { Link } from '../i18n/navigation';

/** Why the inbox is empty, and what fills it. `onClear`: the filter hides what there may be. */
export function NothingArrived({ onClear }: { onClear: (() => void) | null }) {
  const t = useTranslations();
  const { data } = useQuery(connectionsQuery);
  if (onClear)
    return (
      <Empty title={t('inbox.noneSuch')}>
        <Button look="outlined" onClick={onClear}>
          {t('list.clear')}
        </Button>
      </Empty>
    );
  const connected = data?.items.some(({ provider }) => provider === 'sandbox') ?? true;
  return (
    <Empty title={t('inbox.none')}>
      <p className="mb-3">{t(connected ? 'inbox.noneHint' : 'inbox.noSandbox')}</p>
      <Link
        href={connected ? '/templates' : '/settings/connections'}
        className={buttonStyle({ look: 'outlined' })}
      >
        {t(connected ? 'inbox.toTemplates' : 'inbox.toConnections')}
      </Link>
    </Empty>
  );
}
