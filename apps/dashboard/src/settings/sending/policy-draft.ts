import type { Channel } from '@halyard/contracts/primitives';
import type { Policy } from '../../data/settings';

export type AnyChannel = Channel | 'default';
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
export const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** A line of the form. `id` only tells it from the others while it is edited. */
export interface WindowLine {
  id: number;
  channel: AnyChannel;
  /** Of quiet hours: there are none for this channel, not even the usual ones. */
  never: boolean;
  from: string;
  to: string;
  /** None for all days. */
  days: readonly Weekday[];
}

export interface CapLine {
  id: number;
  messages: string;
  per: string;
  /** '' for all channels together. */
  channel: Channel | '';
}

/** The rules for sending as lines of a form. */
export interface PolicyDraft {
  quiet: readonly WindowLine[];
  windows: readonly WindowLine[];
  caps: readonly CapLine[];
  /** What the form shows in single fields, and what it does not show. */
  rest: Omit<Policy, 'quiet_hours' | 'send_windows' | 'caps'>;
}

let lines = 0;
/** An id for a new line. */
export const nextId = (): number => ++lines;

interface Window {
  from: string;
  to: string;
  weekdays?: Weekday[] | undefined;
}

const lineOf = (channel: string, window: Window | null): WindowLine => ({
  id: nextId(),
  channel: channel as AnyChannel,
  never: window === null,
  from: window?.from ?? '21:00',
  to: window?.to ?? '08:00',
  days: window?.weekdays ?? [],
});

const windowOf = ({ from, to, days }: WindowLine): Window => ({
  from,
  to,
  ...(days.length > 0 && { weekdays: weekdays.filter((day) => days.includes(day)) }),
});

export function draftOf({ quiet_hours, send_windows, caps, ...rest }: Policy): PolicyDraft {
  return {
    quiet: Object.entries(quiet_hours).map(([channel, window]) => lineOf(channel, window ?? null)),
    windows: Object.entries(send_windows).flatMap(([channel, windows]) =>
      (windows ?? []).map((window) => lineOf(channel, window)),
    ),
    caps: caps.map(({ messages, per, channel }) => ({
      id: nextId(),
      messages: String(messages),
      per,
      channel: channel ?? '',
    })),
    rest,
  };
}

/** What is saved: of several quiet hours for a channel the last counts; windows of a channel stand together. */
export function policyOf({ quiet, windows, caps, rest }: PolicyDraft): Policy {
  const open: Partial<Record<AnyChannel, Window[]>> = {};
  for (const line of windows) open[line.channel] = [...(open[line.channel] ?? []), windowOf(line)];
  return {
    ...rest,
    quiet_hours: Object.fromEntries(quiet.map((line) => [line.channel, line.never ? null : windowOf(line)])),
    send_windows: open,
    caps: caps.map(({ messages, per, channel }) => ({
      messages: Number(messages),
      per,
      ...(channel && { channel }),
    })),
  } as Policy;
}

/** The days with one added or taken away; all days are none, and the last one stays. */
export function toggled(days: readonly Weekday[], day: Weekday): readonly Weekday[] {
  const chosen = days.length ? days : weekdays;
  const next = chosen.includes(day) ? chosen.filter((one) => one !== day) : [...chosen, day];
  if (next.length === 0) return days;
  return next.length === weekdays.length ? [] : next;
}
