'use client';
import { useMutation } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../components/button';
import { Field } from '../components/field';
import { Trouble } from '../components/trouble';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { Link } from '../i18n/navigation';
import { AccountPage } from './account-page';
import { useArrival } from './arrival';
import { useNextPage } from './next-page';

/** The second step of signing in; the first one left a cookie that says whose. */
export function TwoFactorForm() {
  const t = useTranslations('account');
  const { next, handOn } = useNextPage();
  const arrive = useArrival();
  const [method, setMethod] = useState<'totp' | 'backup'>('totp');
  const [code, setCode] = useState('');
  const complete = useMutation({
    mutationFn: () =>
      answerOf(halyard.POST('/auth/two-factor', { body: { code: code.replaceAll(' ', ''), method } })),
    onSuccess: () => arrive(next),
  });
  const byApp = method === 'totp';
  const toOther = () => {
    setMethod(byApp ? 'backup' : 'totp');
    setCode('');
  };
  return (
    <AccountPage title={t('twoFactor')} text={t(byApp ? 'twoFactorText' : 'backupText')}>
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          complete.mutate();
        }}
      >
        {complete.error && <Trouble error={complete.error} />}
        <Field
          label={t(byApp ? 'code' : 'backupCode')}
          value={code}
          onChange={(event) => setCode(event.target.value)}
          inputMode={byApp ? 'numeric' : 'text'}
          autoComplete="one-time-code"
          required
          minLength={6}
          maxLength={20}
        />
        <Button type="submit" size="large" disabled={complete.isPending}>
          {t('signIn')}
        </Button>
      </form>
      <p className="flex flex-wrap justify-between gap-x-6 gap-y-2 text-sm">
        <Button look="link" size="inline" onClick={toOther}>
          {t(byApp ? 'useBackup' : 'useApp')}
        </Button>
        <Link className="text-sea underline underline-offset-3" href={handOn('/sign-in')}>
          {t('startAgain')}
        </Link>
      </p>
    </AccountPage>
  );
}
