'use client';
import type { Schema } from '@halyard/client/client';
import type { ProviderName } from '@halyard/contracts/connections/provider-settings';
import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../../components/button';
import { useTell } from '../../components/told';
import { halyard } from '../../data/halyard';
import { answerOf } from '../../data/problem';
import { ConnectionForm } from './connection-form';
import { inputOf } from './connection-values';
import { providers } from './provider-fields';

interface Props {
  /** A provider, or anything else while none is chosen. */
  chosen: string;
  onChoose: (provider: string) => void;
  onClose: () => void;
}

/** Which provider, then what it needs. */
export function AddConnection({ chosen, onChoose, onClose }: Props) {
  const t = useTranslations('settings.connections');
  const tell = useTell();
  const provider = providers.find((one) => one === chosen);
  if (!provider) return <ProviderChoice onChoose={onChoose} onClose={onClose} />;
  return (
    <ConnectionForm
      key={provider}
      provider={provider}
      onClose={onClose}
      save={async ({ values, skipTest }) => {
        const body = { ...inputOf(provider, values), skip_test: skipTest } as Schema<'ConnectionInput'>;
        await answerOf(halyard.POST('/connections', { body }));
        tell({ text: t('added', { name: values.name ?? '' }) });
        onClose();
      }}
    />
  );
}

function ProviderChoice({
  onChoose,
  onClose,
}: {
  onChoose: (provider: ProviderName) => void;
  onClose: () => void;
}) {
  const t = useTranslations();
  return (
    <section className="rounded-lg border border-rope bg-sail">
      <header className="flex items-center justify-between gap-4 border-b border-rope px-4 py-2 sm:px-5">
        <h2 className="text-base">{t('settings.connections.choose')}</h2>
        <Button look="plain" onClick={onClose}>
          {t('acts.cancel')}
        </Button>
      </header>
      <ul className="divide-y divide-rope">
        {providers.map((provider) => (
          <li key={provider}>
            <button
              type="button"
              onClick={() => onChoose(provider)}
              className="flex min-h-11 w-full items-center gap-4 px-4 py-3 text-left hover:bg-sea-wash sm:px-5"
            >
              <span className="min-w-0 flex-1">
                <span className="block font-semibold">
                  {t(`settings.connections.providers.${provider}.name`)}
                </span>
                <span className="block text-sm text-ink-soft">
                  {t(`settings.connections.providers.${provider}.text`)}
                </span>
              </span>
              <ChevronRight className="size-4 shrink-0 text-ink-soft" aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
