'use client';
import { useMutation } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { Button, buttonStyle } from '../components/button';
import { Field } from '../components/field';
import { Trouble } from '../components/trouble';
import { checkedBy } from '../data/checked-by';
import { halyard } from '../data/halyard';
import { answerOf, isRefused } from '../data/problem';
import { Link } from '../i18n/navigation';
import { AccountPage } from './account-page';
import type { Chosen } from './contracts';

/** Where the link of the mail leads. */
export function ResetPasswordForm() {
  const t = useTranslations('account');
  const token = useSearchParams().get('token') ?? '';
  const form = useForm({
    resolver: checkedBy(async () => (await import('./contracts')).Chosen),
    defaultValues: { password: '' },
  });
  const reset = useMutation({
    mutationFn: ({ password }: Chosen) =>
      answerOf(halyard.POST('/auth/password/reset', { body: { token, password } })),
  });
  if (reset.isSuccess)
    return (
      <AccountPage title={t('passwordSet')} text={t('passwordSetText')}>
        <Link href="/sign-in" className={buttonStyle({ size: 'large' })}>
          {t('signIn')}
        </Link>
      </AccountPage>
    );
  if (!token || isRefused(reset.error, 'invalid_credentials'))
    return (
      <AccountPage title={t('linkOver')} text={t('linkOverText')}>
        <Link href="/forgot-password" className={buttonStyle({ size: 'large' })}>
          {t('askAgain')}
        </Link>
      </AccountPage>
    );
  return (
    <AccountPage title={t('newPassword')}>
      <form className="grid gap-5" noValidate onSubmit={form.handleSubmit((body) => reset.mutate(body))}>
        {reset.error && <Trouble error={reset.error} />}
        <Field
          label={t('newPassword')}
          type="password"
          autoComplete="new-password"
          hint={t('passwordHint')}
          error={form.formState.errors.password && t('passwordShort')}
          {...form.register('password')}
        />
        <Button type="submit" size="large" disabled={reset.isPending}>
          {t('setPassword')}
        </Button>
      </form>
    </AccountPage>
  );
}
