'use client';
import { useTranslations } from 'next-intl';
import { halyard } from '../../data/halyard';
import { answerOf } from '../../data/problem';
import { useAct } from '../../data/use-act';
import { ConfirmPassword } from './confirm-password';

export function TwoFactorOff({ onDone }: { onDone: () => void }) {
  const t = useTranslations('settings.profile.twoFactor');
  const disable = useAct({
    do: (password: string) => answerOf(halyard.POST('/auth/two-factor/disable', { body: { password } })),
    changes: ['me', 'sessions'],
    done: () => {
      onDone();
      return { text: t('nowOff') };
    },
    tellsErrors: true,
  });
  return (
    <div className="grid gap-3">
      <p className="text-sm">{t('offMeans')}</p>
      <ConfirmPassword
        act={t('switchOffNow')}
        busy={disable.isPending}
        error={disable.error}
        onConfirm={(password) => disable.mutate(password)}
        onClose={onDone}
      />
    </div>
  );
}
