'use client';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useForm } from 'react-hook-form';
import { Button } from '../components/button';
import { Field } from '../components/field';
import { Trouble } from '../components/trouble';
import { checkedBy } from '../data/checked-by';
import { halyard } from '../data/halyard';
import { answerOf, isRefused } from '../data/problem';
import { Link, useRouter } from '../i18n/navigation';
import { AccountPage } from './account-page';
import { useArrival } from './arrival';
import type { Credentials } from './contracts';
import { useNextPage } from './next-page';

export function SignInForm() {
  const t = useTranslations('account');
  const router = useRouter();
  const arrive = useArrival();
  const { next, handOn } = useNextPage();
  const form = useForm({
    resolver: checkedBy(async () => (await import('./contracts')).Credentials),
    defaultValues: { email: '', password: '' },
  });
  const signIn = useMutation({
    mutationFn: (body: Credentials) => answerOf(halyard.POST('/auth/login', { body })),
    onSuccess: () => arrive(next),
    onError: (error) => {
      if (isRefused(error, 'two_factor_required')) router.push(handOn('/two-factor'));
    },
  });
  const refused = signIn.error && !isRefused(signIn.error, 'two_factor_required') ? signIn.error : null;
  const { errors } = form.formState;
  return (
    <AccountPage title={t('signIn')} text={next === '/' ? undefined : t('signInFirst')}>
      <form className="grid gap-5" noValidate onSubmit={form.handleSubmit((body) => signIn.mutate(body))}>
        {refused && <Trouble error={refused} />}
        <Field
          label={t('email')}
          type="email"
          autoComplete="username"
          error={errors.email && t('emailWrong')}
          {...form.register('email')}
        />
        <Field
          label={t('password')}
          type="password"
          autoComplete="current-password"
          error={errors.password && t('passwordMissing')}
          {...form.register('password')}
        />
        <Button type="submit" size="large" disabled={signIn.isPending}>
          {t('signIn')}
        </Button>
      </form>
      <p className="flex flex-wrap justify-between gap-x-6 gap-y-2 text-sm">
        <Link className="text-sea underline underline-offset-3" href={handOn('/register')}>
          {t('toRegister')}
        </Link>
        <Link className="text-sea underline underline-offset-3" href="/forgot-password">
          {t('forgot')}
        </Link>
      </p>
    </AccountPage>
  );
}
