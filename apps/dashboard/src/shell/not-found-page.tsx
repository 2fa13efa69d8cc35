'use client';
import { useTranslations } from 'next-intl';
import { AccountPage } from '../account/account-page';
import { buttonStyle } from '../components/button';
import { Link } from '../i18n/navigation';

/** What the server answers a browser with at an address that leads nowhere. */
export function NotFoundPage() {
  const t = useTranslations('notFound');
  return (
    <AccountPage title={t('title')} text={t('text')}>
      <Link href="/" className={buttonStyle({ size: 'large' })}>
        {t('toOverview')}
      </Link>
    </AccountPage>
  );
}
