'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Button, buttonStyle } from '../components/button';
import { Trouble } from '../components/trouble';
import { halyard } from '../data/halyard';
import { answerOf, isRefused } from '../data/problem';
import { meKey } from '../data/queries';
import { Link } from '../i18n/navigation';
import { AccountPage } from './account-page';

/** Where the link of the mail leads. It takes a press: scanners of mail open every link. */
export function VerifyEmailPage() {
  const t = useTranslations('account');
  const token = useSearchParams().get('token') ?? '';
  const queries = useQueryClient();
  const verify = useMutation({
    mutationFn: () => answerOf(halyard.POST('/auth/email/verify', { body: { token } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: meKey }),
  });
  const onward = (
    <Link href="/settings/profile" className={buttonStyle({ size: 'large' })}>
      {t('toProfile')}
    </Link>
  );
  if (verify.isSuccess)
    return (
      <AccountPage title={t('verified')} text={t('verifiedText')}>
        {onward}
      </AccountPage>
    );
  if (!token || isRefused(verify.error, 'invalid_credentials'))
    return (
      <AccountPage title={t('linkOver')} text={t('verifyOverText')}>
        {onward}
      </AccountPage>
    );
  return (
    <AccountPage title={t('verifyTitle')} text={t('verifyText')}>
      {verify.error && <Trouble error={verify.error} />}
      <Button size="large" disabled={verify.isPending} onClick={() => verify.mutate()}>
        {t('verify')}
      </Button>
    </AccountPage>
  );
}
