'use client';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../components/button';
import { CopiedText } from '../../components/copied-text';
import { Field } from '../../components/field';
import { Trouble } from '../../components/trouble';
import { halyard } from '../../data/halyard';
import { answerOf, isRefused } from '../../data/problem';
import { useAct } from '../../data/use-act';
import { ConfirmPassword } from './confirm-password';
import { secretOf } from './secret-of';

const QrCode = dynamic(() => import('./qr-code').then((file) => file.QrCode));

/** Password, then the app and the backup codes, then a first code: only that switches it on. */
export function TwoFactorOn({ email, onDone }: { email: string; onDone: () => void }) {
  const t = useTranslations('settings.profile.twoFactor');
  const begin = useAct({
    do: (password: string) => answerOf(halyard.POST('/auth/two-factor/enable', { body: { password } })),
    changes: [],
    tellsErrors: true,
  });
  if (!begin.data)
    return (
      <ConfirmPassword
        act={t('begin')}
        busy={begin.isPending}
        error={begin.error}
        onConfirm={(password) => begin.mutate(password)}
        onClose={onDone}
      />
    );
  const { totp_uri: uri, backup_codes: codes } = begin.data;
  return (
    <ol className="grid gap-6">
      <Step number={1} title={t('scan')}>
        <div className="flex flex-wrap items-start gap-5">
          <QrCode text={uri} label={t('qrFor', { email })} />
          <div className="grid min-w-0 flex-1 basis-64 gap-2 text-sm">
            <p>{t('scanText')}</p>
            <CopiedText label={t('secret')} text={secretOf(uri)} />
          </div>
        </div>
      </Step>
      <Step number={2} title={t('backup')}>
        <p className="text-sm">{t('backupText')}</p>
        <CopiedText label={t('backupCodes')} text={codes.join(' ')} />
      </Step>
      <Step number={3} title={t('confirm')}>
        <FirstCode onDone={onDone} />
      </Step>
    </ol>
  );
}

interface StepProps {
  number: number;
  title: string;
  children: React.ReactNode;
}

const Step = ({ number, title, children }: StepProps) => (
  <li className="grid grid-cols-[1.75rem_minmax(0,1fr)] gap-x-3">
    <span
      className="grid size-7 place-items-center rounded-full bg-sea-wash text-sm font-semibold"
      aria-hidden="true"
    >
      {number}
    </span>
    <div className="grid gap-3">
      <h3 className="pt-0.5 text-base">{title}</h3>
      {children}
    </div>
  </li>
);

function FirstCode({ onDone }: { onDone: () => void }) {
  const t = useTranslations('settings.profile.twoFactor');
  const [code, setCode] = useState('');
  const verify = useAct({
    do: () => answerOf(halyard.POST('/auth/two-factor/verify', { body: { code: code.replaceAll(' ', '') } })),
    changes: ['me', 'sessions'],
    done: () => {
      onDone();
      return { text: t('nowOn') };
    },
    tellsErrors: true,
  });
  const wrong = isRefused(verify.error, 'invalid_credentials') || isRefused(verify.error, 'invalid_request');
  return (
    <form
      className="flex flex-wrap items-start gap-3"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        verify.mutate();
      }}
    >
      {verify.error && !wrong ? <Trouble error={verify.error} /> : null}
      <Field
        label={t('code')}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={20}
        value={code}
        error={wrong ? t('codeWrong') : undefined}
        onChange={(event) => setCode(event.target.value)}
      />
      <div className="flex gap-2 sm:pt-7">
        <Button type="submit" disabled={verify.isPending}>
          {t('switchOnNow')}
        </Button>
        <Button look="plain" onClick={onDone}>
          {t('notNow')}
        </Button>
      </div>
    </form>
  );
}
