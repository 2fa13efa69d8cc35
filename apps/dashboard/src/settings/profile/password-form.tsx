'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Field } from '../../components/field';
import { halyard } from '../../data/halyard';
import { answerOf, isRefused, issuesOf } from '../../data/problem';
import { useAct } from '../../data/use-act';
import { FormPanel } from '../form-panel';

/** A new password ends all other sessions: whoever knew the old one may sit in one. */
export function PasswordForm() {
  const t = useTranslations('settings.profile');
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const change = useAct({
    do: () =>
      answerOf(halyard.POST('/auth/password', { body: { current_password: current, new_password: next } })),
    changes: ['sessions'],
    done: () => {
      setCurrent('');
      setNext('');
      return { text: t('passwordChanged') };
    },
    tellsErrors: true,
  });
  const issues = issuesOf(change.error);
  const wrong = isRefused(change.error, 'invalid_credentials');
  return (
    <FormPanel
      title={t('password')}
      act={t('changePassword')}
      look="outlined"
      busy={change.isPending}
      error={wrong || Object.keys(issues).length ? null : change.error}
      onSubmit={() => change.mutate()}
    >
      <div className="grid gap-5 sm:grid-cols-2">
        <Field
          label={t('currentPassword')}
          type="password"
          autoComplete="current-password"
          value={current}
          error={wrong || issues.current_password ? t('passwordWrong') : undefined}
          onChange={(event) => setCurrent(event.target.value)}
        />
        <Field
          label={t('newPassword')}
          type="password"
          autoComplete="new-password"
          hint={t('passwordHint')}
          value={next}
          error={issues.new_password && t('passwordShort')}
          onChange={(event) => setNext(event.target.value)}
        />
      </div>
    </FormPanel>
  );
}
