'use client';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { Button } from '../components/button';
import { Field } from '../components/field';
import { Trouble } from '../components/trouble';
import { checkedBy } from '../data/checked-by';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { Link } from '../i18n/navigation';
import { AccountPage } from './account-page';
import type { Address } from './contracts';

export function ForgotPasswordForm() {
  const t = useTranslations('account');
  const form = useForm({
    resolver: checkedBy(async () => (await import('./contracts')).Address),
    defaultValues: { email: '' },
  });
  const ask = useMutation({
    mutationFn: (body: Address) => answerOf(halyard.POST('/auth/password/forgot', { body })),
  });
  const back = (
    <Link className="text-sm text-sea underline underline-offset-3" href="/sign-in">
      {t('backToSignIn')}
    </Link>
  );
  if (ask.isSuccess)
    return (
      <AccountPage title={t('mailUnderWay')} text={t('mailUnderWayText')}>
        {back}
      </AccountPage>
    );
  return (
    <AccountPage title={t('forgotTitle')} text={t('forgotText')}>
      <form className="grid gap-5" noValidate onSubmit={form.handleSubmit((body) => ask.mutate(body))}>
        {ask.error && <Trouble error={ask.error} />}
        <Field
          label={t('email')}
          type="email"
          autoComplete="username"
          error={form.formState.errors.email && t('emailWrong')}
          {...form.register('email')}
        />
        <Button type="submit" size="large" disabled={ask.isPending}>
          {t('sendMail')}
        </Button>
      </form>
      {back}
    </AccountPage>
  );
}
