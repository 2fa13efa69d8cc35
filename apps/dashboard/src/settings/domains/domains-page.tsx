'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { buttonStyle } from '../../components/button';
import { Empty } from '../../components/empty';
import { connectionsQuery } from '../../data/queries';
import { Link } from '../../i18n/navigation';
import { Asked } from '../asked';
import { sendsMail } from '../connections/states';
import { SettingsPage } from '../settings-page';
import { DomainPanel } from './domain-panel';

/** The domains that mail is sent from, with what the DNS says of each. */
export function DomainsPage() {
  const t = useTranslations('settings.domains');
  const query = useQuery(connectionsQuery);
  return (
    <SettingsPage part="domains">
      <Asked query={query} lines={8}>
        {({ items }) => {
          const senders = items.filter(sendsMail);
          if (senders.length === 0)
            return (
              <div className="rounded-lg border border-rope bg-sail">
                <Empty title={t('none')}>
                  <p className="mb-3">{t('noneHint')}</p>
                  <Link href="/settings/connections" className={buttonStyle({ look: 'outlined' })}>
                    {t('toConnections')}
                  </Link>
                </Empty>
              </div>
            );
          return (
            <div className="grid grid-cols-1 gap-5">
              {senders.map((connection) => (
                <DomainPanel key={connection.id} connection={connection} />
              ))}
            </div>
          );
        }}
      </Asked>
    </SettingsPage>
  );
}
