'use client';
import { channels } from '@halyard/contracts/channels';
import type { MessageStep } from '@halyard/contracts/flows/definition';
import { ArrowLeft, X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { CompactSelect, SignButton } from '../components/compact-controls';

type Channels = MessageStep['channels'];

interface Props {
  value: Channels;
  onChange: (channels: Channels) => void;
}

/** The channels in the order they are tried. */
export function ChannelsField({ value, onChange }: Props) {
  const t = useTranslations('flow.message');
  const channelName = useTranslations('channels');
  const free = channels.filter((channel) => !value.includes(channel));
  const earlier = (at: number) => {
    const next = [...value];
    next.splice(at - 1, 2, ...next.slice(at - 1, at + 1).reverse());
    onChange(next);
  };
  return (
    <fieldset className="grid content-start gap-1.5">
      <legend className="mb-1.5 text-xs font-semibold text-ink-soft">{t('channels')}</legend>
      <div className="flex flex-wrap items-center gap-2">
        {value.map((channel, at) => (
          <span key={channel} className="inline-flex items-center rounded-md bg-sunk pl-2.5 text-sm">
            {value.length > 1 && <span className="pr-1.5 text-xs text-ink-soft">{at + 1}.</span>}
            <span className="pr-1 font-semibold">{channelName(channel)}</span>
            {at > 0 && (
              <SignButton label={t('earlier', { channel: channelName(channel) })} onClick={() => earlier(at)}>
                <ArrowLeft aria-hidden="true" />
              </SignButton>
            )}
            <SignButton
              label={t('without', { channel: channelName(channel) })}
              disabled={value.length === 1}
              onClick={() => onChange(value.filter((one) => one !== channel))}
            >
              <X aria-hidden="true" />
            </SignButton>
          </span>
        ))}
        {free.length > 0 && (
          <CompactSelect
            label={t('addChannel')}
            value=""
            options={[
              ['', t(value.length ? 'orElse' : 'addChannel')],
              ...free.map((channel) => [channel, channelName(channel)] as const),
            ]}
            onChoose={(channel) => onChange([...value, channel as Channels[number]])}
          />
        )}
      </div>
    </fieldset>
  );
}
