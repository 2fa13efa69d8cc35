'use client';
import { channels } from '@halyard/contracts/channels';
import { useTranslations } from 'next-intl';
import { Line, Lines, small } from './lines';
import type { AnyChannel, Weekday, WindowLine } from './policy-draft';
import { nextId, toggled, weekdays } from './policy-draft';

const offered: readonly AnyChannel[] = ['default', ...channels];

interface Props {
  kind: 'quiet_hours' | 'send_windows';
  lines: readonly WindowLine[];
  /** Paths that the API refused. */
  wrong: readonly string[];
  onChange: (lines: readonly WindowLine[]) => void;
}

/** Times of day, by channel. Quiet hours of a channel are one line, windows may be several. */
export function WindowLines({ kind, lines, wrong, onChange }: Props) {
  const t = useTranslations('settings.sending');
  const quiet = kind === 'quiet_hours';
  const free = quiet ? offered.filter((one) => !lines.some(({ channel }) => channel === one)) : offered;
  const [next] = free;
  const times = quiet ? { from: '21:00', to: '08:00' } : { from: '09:00', to: '18:00' };
  const set = (id: number, changes: Partial<WindowLine>) =>
    onChange(lines.map((line) => (line.id === id ? { ...line, ...changes } : line)));
  return (
    <Lines
      title={t(`${kind}.title`)}
      text={t(`${kind}.text`)}
      add={t(`${kind}.add`)}
      onAdd={
        next
          ? () => onChange([...lines, { id: nextId(), channel: next, never: false, days: [], ...times }])
          : null
      }
    >
      {lines.map((line) => (
        <Line
          key={line.id}
          error={
            wrong.some((path) => path.startsWith(`${kind}.${line.channel}.`)) ? t('windowWrong') : undefined
          }
          onRemove={() => onChange(lines.filter(({ id }) => id !== line.id))}
        >
          <ChannelChoice
            line={line}
            offered={quiet ? [line.channel, ...free] : offered}
            onChange={(channel) => set(line.id, { channel })}
          />
          {quiet && (
            <label className="flex min-h-11 items-center gap-2">
              <input
                type="checkbox"
                className="size-5 accent-sea"
                checked={line.never}
                onChange={({ target }) => set(line.id, { never: target.checked })}
              />
              {t('never')}
            </label>
          )}
          {!line.never && <Times line={line} onChange={(changes) => set(line.id, changes)} />}
        </Line>
      ))}
    </Lines>
  );
}

interface ChannelProps {
  line: WindowLine;
  offered: readonly AnyChannel[];
  onChange: (channel: AnyChannel) => void;
}

function ChannelChoice({ line, offered, onChange }: ChannelProps) {
  const t = useTranslations();
  return (
    <select
      aria-label={t('settings.sending.channel')}
      className={small}
      value={line.channel}
      onChange={({ target }) => onChange(target.value as AnyChannel)}
    >
      {offered.map((channel) => (
        <option key={channel} value={channel}>
          {channel === 'default' ? t('settings.sending.otherChannels') : t(`channels.${channel}`)}
        </option>
      ))}
    </select>
  );
}

function Times({ line, onChange }: { line: WindowLine; onChange: (changes: Partial<WindowLine>) => void }) {
  const t = useTranslations('settings.sending');
  const toggle = (day: Weekday) => onChange({ days: toggled(line.days, day) });
  return (
    <>
      {(['from', 'to'] as const).map((edge) => (
        <label key={edge} className="flex items-center gap-2">
          {t(edge)}
          <input
            type="time"
            required
            className={small}
            value={line[edge]}
            onChange={({ target }) => onChange({ [edge]: target.value })}
          />
        </label>
      ))}
      <fieldset aria-label={t('days')} className="flex w-full gap-1 sm:w-auto">
        {weekdays.map((day) => (
          <button
            key={day}
            type="button"
            aria-pressed={line.days.length === 0 || line.days.includes(day)}
            onClick={() => toggle(day)}
            className="h-11 min-w-0 flex-1 rounded-md border border-rope-strong bg-sail text-xs font-semibold text-ink-soft aria-pressed:border-sea aria-pressed:bg-sea-wash aria-pressed:text-ink sm:h-9 sm:w-10 sm:flex-none"
          >
            {t(`weekdays.${day}`)}
          </button>
        ))}
      </fieldset>
    </>
  );
}
