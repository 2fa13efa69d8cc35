'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Button, buttonStyle } from '../components/button';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import { halyard } from '../data/halyard';
import { answerOf, isRefused } from '../data/problem';
import { meQuery } from '../data/queries';
import { Link } from '../i18n/navigation';
import { AccountPage } from './account-page';
import { useArrival } from './arrival';

/** Where the link of an invitation leads: join with the account that is signed in, with another one, or with a new one. */
export function InvitationPage() {
  const t = useTranslations('account');
  const token = useSearchParams().get('token') ?? '';
  const me = useQuery(meQuery);
  const arrive = useArrival();
  const join = useMutation({
    mutationFn: async () => {
      const { organization_id: id } = await answerOf(
        halyard.POST('/invitations/accept', { body: { token } }),
      );
      await answerOf(halyard.POST('/organizations/{id}/activate', { params: { path: { id } } }));
    },
    onSuccess: () => arrive('/'),
  });
  const here = encodeURIComponent(`/invitation?token=${token}`);
  if (me.isPending)
    return (
      <AccountPage title={t('invited')}>
        <Skeleton className="" />
      </AccountPage>
    );
  if (me.data)
    return (
      <AccountPage title={t('invited')} text={t('joinAs', { email: me.data.email })}>
        {join.error && <Trouble error={join.error} />}
        <Button size="large" disabled={join.isPending} onClick={() => join.mutate()}>
          {t('join')}
        </Button>
      </AccountPage>
    );
  return (
    <AccountPage title={t('invited')} text={t('invitedText')}>
      {isRefused(me.error, 'unauthenticated') ? null : <Trouble error={me.error} />}
      <Link
        href={`/register?invitation=${encodeURIComponent(token)}`}
        className={buttonStyle({ size: 'large' })}
      >
        {t('register')}
      </Link>
      <Link href={`/sign-in?next=${here}`} className={buttonStyle({ size: 'large', look: 'outlined' })}>
        {t('haveAccount')}
      </Link>
    </AccountPage>
  );
}
