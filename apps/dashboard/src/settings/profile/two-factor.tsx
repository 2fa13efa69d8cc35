'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../../components/button';
import { Panel } from '../../components/panel';
import { Flag } from '../../design/flag';
import { TwoFactorOff } from './two-factor-off';
import { TwoFactorOn } from './two-factor-on';

/** The second step of signing in: how it stands, and the way to change it. */
export function TwoFactor({ on, email }: { on: boolean; email: string }) {
  const t = useTranslations('settings.profile.twoFactor');
  const [changing, setChanging] = useState(false);
  const close = () => setChanging(false);
  return (
    <Panel title={t('title')}>
      <div className="grid grid-cols-1 gap-5 px-4 py-4 sm:px-5">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="flex min-w-0 flex-1 basis-72 items-center gap-3 text-sm">
            <Flag signal={on ? 'good' : 'lowered'} className="size-5" />
            {t(on ? 'isOn' : 'isOff')}
          </p>
          {!changing && (
            <Button look="outlined" onClick={() => setChanging(true)}>
              {t(on ? 'switchOff' : 'switchOn')}
            </Button>
          )}
        </div>
        {changing && (on ? <TwoFactorOff onDone={close} /> : <TwoFactorOn email={email} onDone={close} />)}
      </div>
    </Panel>
  );
}
