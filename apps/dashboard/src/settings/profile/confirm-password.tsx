'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../components/button';
import { Field } from '../../components/field';
import { Trouble } from '../../components/trouble';
import { isRefused } from '../../data/problem';

interface Props {
  /** On the button. */
  act: string;
  busy: boolean;
  error: unknown;
  onConfirm: (password: string) => void;
  onClose: () => void;
}

/** Only who knows the password changes how one signs in: a session that was left open is not enough. */
export function ConfirmPassword({ act, busy, error, onConfirm, onClose }: Props) {
  const t = useTranslations();
  const [password, setPassword] = useState('');
  const wrong = isRefused(error, 'invalid_credentials') || isRefused(error, 'invalid_request');
  return (
    <form
      className="grid max-w-md gap-4"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onConfirm(password);
      }}
    >
      {error && !wrong ? <Trouble error={error} /> : null}
      <Field
        label={t('settings.profile.yourPassword')}
        type="password"
        autoComplete="current-password"
        autoFocus
        value={password}
        error={wrong ? t('settings.profile.passwordWrong') : undefined}
        onChange={(event) => setPassword(event.target.value)}
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="outlined" disabled={busy}>
          {act}
        </Button>
        <Button look="plain" onClick={onClose}>
          {t('acts.cancel')}
        </Button>
      </div>
    </form>
  );
}
