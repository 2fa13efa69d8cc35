'use client';
import { useTranslations } from 'next-intl';
import { AskFirst } from '../../components/ask-first';
import { At } from '../../components/at';
import { halyard } from '../../data/halyard';
import { answerOf } from '../../data/problem';
import type { ApiKey } from '../../data/settings';
import { useAct } from '../../data/use-act';

export function ApiKeyList({ keys }: { keys: readonly ApiKey[] }) {
  return (
    <ul className="divide-y divide-rope">
      {keys.map((key) => (
        <KeyRow key={key.id} apiKey={key} />
      ))}
    </ul>
  );
}

function KeyRow({
  apiKey: { id, name, start, scopes, created_at, last_used_at, expires_at },
}: {
  apiKey: ApiKey;
}) {
  const t = useTranslations('settings.apiKeys');
  const revoke = useAct({
    do: () => answerOf(halyard.DELETE('/api-keys/{id}', { params: { path: { id } } })),
    changes: ['api-keys'],
    done: () => ({ text: t('revoked', { name }) }),
  });
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-4 py-4 sm:px-5">
      <div className="min-w-0 flex-1 basis-72">
        <h2 className="text-base">
          {name} <code className="ml-1 text-sm font-normal text-ink-soft">{start}…</code>
        </h2>
        <p className="text-sm text-ink-soft">
          {t('created')} <At instant={created_at} as="relative" />
          {' · '}
          {last_used_at ? (
            <>
              {t('used')} <At instant={last_used_at} as="relative" />
            </>
          ) : (
            t('neverUsed')
          )}
          {expires_at && (
            <>
              {' · '}
              {t('ends')} <At instant={expires_at} as="day" />
            </>
          )}
        </p>
        <p className="mt-1 flex flex-wrap gap-1.5 text-xs">
          {scopes.map((scope) => (
            <code key={scope} className="rounded-sm bg-sunk px-1.5 py-0.5">
              {scope}
            </code>
          ))}
        </p>
      </div>
      <AskFirst
        act={t('revoke')}
        means={t('revokeMeans', { name })}
        now={t('revokeNow')}
        onSure={() => revoke.mutateAsync()}
      />
    </li>
  );
}
