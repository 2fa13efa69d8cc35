'use client';
import { channels } from '@halyard/contracts/channels';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ChoiceField, Field } from '../../components/field';
import { halyard } from '../../data/halyard';
import { answerOf, isRefused } from '../../data/problem';
import type { Suppression } from '../../data/settings';
import { useAct } from '../../data/use-act';
import { FormPanel } from '../form-panel';

/** An address is taken off the list only by an admin: so this has no undo. */
export function SuppressForm({ onClose }: { onClose: () => void }) {
  const t = useTranslations();
  const words = useTranslations('settings.suppressions');
  const [channel, setChannel] = useState<Suppression['channel']>('email');
  const [address, setAddress] = useState('');
  const add = useAct({
    do: () =>
      answerOf(
        halyard.POST('/suppressions', { body: { channel, address: address.trim(), reason: 'manual' } }),
      ),
    changes: ['suppressions'],
    done: () => {
      onClose();
      return { text: words('added', { address: address.trim() }) };
    },
    tellsErrors: true,
  });
  const wrong = isRefused(add.error, 'invalid_request');
  return (
    <div className="mb-5">
      <FormPanel
        title={words('add')}
        act={words('addNow')}
        busy={add.isPending}
        error={wrong ? null : add.error}
        onSubmit={() => add.mutate()}
        onClose={onClose}
      >
        <div className="grid gap-5 sm:grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
          <ChoiceField
            label={words('channel')}
            value={channel}
            options={channels.map((one) => [one, t(`channels.${one}`)] as const)}
            onChange={({ target }) => setChannel(target.value as Suppression['channel'])}
          />
          <Field
            label={words('address')}
            hint={words('addressHint')}
            value={address}
            error={wrong ? words('addressWrong') : undefined}
            onChange={({ target }) => setAddress(target.value)}
          />
        </div>
      </FormPanel>
    </div>
  );
}
