'use client';
import type { Registration } from '@halyard/contracts/access/account';
import { useMutation } from '@tanstack/react-query';
import { useSearchParams } from 'next/navigation';
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
import { useArrival } from './arrival';
import { useNextPage } from './next-page';

/** Makes an account and signs in. With the token of an invitation it joins that organization instead of making one. */
export function RegisterForm() {
  const t = useTranslations('account');
  const invitation = useSearchParams().get('invitation');
  const { next, handOn } = useNextPage();
  const arrive = useArrival();
  const form = useForm({
    resolver: checkedBy(async () => (await import('@halyard/contracts/access/account')).Registration),
    defaultValues: {
      email: '',
      password: '',
      name: '',
      ...(invitation ? { invitation_token: invitation } : { organization: '' }),
    },
  });
  const register = useMutation({
    mutationFn: async (body: Registration) => {
      await answerOf(halyard.POST('/auth/register', { body }));
      const { email, password } = body;
      return answerOf(halyard.POST('/auth/login', { body: { email, password } }));
    },
    onSuccess: () => arrive(next),
  });
  const { errors } = form.formState;
  return (
    <AccountPage title={t('register')} text={t(invitation ? 'registerInvited' : 'registerText')}>
      <form className="grid gap-5" noValidate onSubmit={form.handleSubmit((body) => register.mutate(body))}>
        {register.error && <Trouble error={register.error} />}
        <Field
          label={t('name')}
          autoComplete="name"
          error={errors.name && t('nameMissing')}
          {...form.register('name')}
        />
        {!invitation && (
          <Field
            label={t('organization')}
            autoComplete="organization"
            hint={t('organizationHint')}
            error={errors.organization && t('organizationMissing')}
            {...form.register('organization')}
          />
        )}
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
          autoComplete="new-password"
          hint={t('passwordHint')}
          error={errors.password && t('passwordShort')}
          {...form.register('password')}
        />
        <Button type="submit" size="large" disabled={register.isPending}>
          {t('register')}
        </Button>
      </form>
      <p className="text-sm">
        <Link className="text-sea underline underline-offset-3" href={handOn('/sign-in')}>
          {t('toSignIn')}
        </Link>
      </p>
    </AccountPage>
  );
}
