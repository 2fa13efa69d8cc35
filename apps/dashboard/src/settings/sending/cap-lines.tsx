'use client';
import { channels } from '@halyard/contracts/channels';
import { useTranslations } from 'next-intl';
import { Line, Lines, small } from './lines';
import { PeriodInput } from './period-input';
import type { CapLine } from './policy-draft';
import { nextId } from './policy-draft';

const most = 10;

interface Props {
  lines: readonly CapLine[];
  wrong: readonly string[];
  onChange: (lines: readonly CapLine[]) => void;
}

/** How many marketing messages a contact gets at most. */
export function CapLines({ lines, wrong, onChange }: Props) {
  const t = useTranslations();
  const words = useTranslations('settings.sending.caps');
  const set = (id: number, changes: Partial<CapLine>) =>
    onChange(lines.map((line) => (line.id === id ? { ...line, ...changes } : line)));
  return (
    <Lines
      title={words('title')}
      text={words('text')}
      add={words('add')}
      onAdd={
        lines.length < most
          ? () => onChange([...lines, { id: nextId(), messages: '3', per: 'P7D', channel: '' }])
          : null
      }
    >
      {lines.map((line, at) => (
        <Line
          key={line.id}
          error={wrong.some((path) => path.startsWith(`caps.${at}.`)) ? words('wrong') : undefined}
          onRemove={() => onChange(lines.filter(({ id }) => id !== line.id))}
        >
          <label className="flex items-center gap-2">
            {words('atMost')}
            <input
              type="number"
              min={1}
              className={`${small} w-20`}
              value={line.messages}
              onChange={({ target }) => set(line.id, { messages: target.value })}
            />
            {words('messages')}
          </label>
          <PeriodInput label={words('per')} value={line.per} onChange={(per) => set(line.id, { per })} />
          <select
            aria-label={t('settings.sending.channel')}
            className={small}
            value={line.channel}
            onChange={({ target }) => set(line.id, { channel: target.value as CapLine['channel'] })}
          >
            <option value="">{words('allChannels')}</option>
            {channels.map((channel) => (
              <option key={channel} value={channel}>
                {t(`channels.${channel}`)}
              </option>
            ))}
          </select>
        </Line>
      ))}
    </Lines>
  );
}
