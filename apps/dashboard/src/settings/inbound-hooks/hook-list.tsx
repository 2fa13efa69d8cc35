'use client';
import type { Schema } from '@halyard/client/client';
import { useTranslations } from 'next-intl';
import { At } from '../../components/at';
import { CopiedText } from '../../components/copied-text';
import { Empty } from '../../components/empty';
import type { InboundHook } from '../../data/settings';
import { Flag } from '../../design/flag';
import { HookActions } from './hook-actions';

interface Props {
  hooks: readonly InboundHook[];
  onEdit: (id: string) => void;
  onSecrets: (hook: Schema<'InboundHookWithSecrets'>) => void;
}

export function HookList({ hooks, onEdit, onSecrets }: Props) {
  const t = useTranslations('settings.inboundHooks');
  return (
    <div className="overflow-hidden rounded-lg border border-rope bg-sail">
      {hooks.length === 0 && <Empty title={t('none')}>{t('noneHint')}</Empty>}
      <ul className="divide-y divide-rope">
        {hooks.map((hook) => (
          <li key={hook.id} className="grid grid-cols-1 gap-2 px-4 py-4 sm:px-5">
            <h2 className="text-base break-words">{hook.name}</h2>
            <Standing hook={hook} />
            <CopiedText label={t('address')} text={hook.url} />
            <HookActions hook={hook} onEdit={() => onEdit(hook.id)} onSecrets={onSecrets} />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** What it takes, from whom, when something came last, and what was last refused and why. */
function Standing({ hook }: { hook: InboundHook }) {
  const t = useTranslations('settings.inboundHooks');
  const { kind, signature, bearer, addresses, status, last_received_at, last_refusal } = hook;
  const proofs = [
    signature && t(`signatures.${signature}`),
    bearer && t('bearerToken'),
    addresses.length > 0 && addresses.join(', '),
  ].filter(Boolean);
  return (
    <div className="grid gap-1 text-sm">
      <p className="break-words">
        {t(`kinds.${kind}`)} · {proofs.join(' · ')}
      </p>
      <p className="flex flex-wrap items-center gap-x-2 text-ink-soft">
        <Flag signal={status === 'paused' ? 'lowered' : last_received_at ? 'good' : 'waiting'} />
        <span className="font-semibold text-ink">{t(`states.${status}`)}</span>
        {last_received_at ? (
          <span>
            {t('lastReceived')} <At instant={last_received_at} as="relative" />
          </span>
        ) : (
          <span>{t('nothingYet')}</span>
        )}
      </p>
      {last_refusal && (
        <p className="border-l-4 border-flare bg-flare-wash px-3 py-2 break-words">
          {t('refused')} <At instant={last_refusal.at} />: {t(`parts.${last_refusal.part}`)}{' '}
          {last_refusal.detail} ({last_refusal.address})
        </p>
      )}
    </div>
  );
}
