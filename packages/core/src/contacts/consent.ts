import type { Channel } from '@halyard/contracts/primitives';
import type { ContactId } from '../ids.js';

export type ConsentState = 'granted' | 'pending' | 'withdrawn';

/** What proves a consent: everything BGH I ZR 164/09 asks for, and the request that it came with. */
export interface ConsentEvidence {
  /** The words that the person agreed to, or the name of their version. */
  text?: string;
  text_version?: string;
  /** Where they saw them. */
  url?: string;
  ip?: string;
  user_agent?: string;
  /** Double opt-in: when it was asked for, and when the person confirmed. */
  requested_at?: string;
  confirmed_at?: string;
  /** The message that it was given or withdrawn in. */
  message_id?: string;
  note?: string;
}

/** One line of the ledger. '*' means all channels or all topics. */
export interface NewConsent {
  contactId: ContactId;
  channel: Channel | '*';
  topic: string;
  state: ConsentState;
  /** How it came about: form, import, api, double_opt_in, one_click, sms_stop, complaint … */
  source: string;
  evidence?: ConsentEvidence;
  occurredAt: Date;
}

/** A line as it is stored. `seq` grows with every line. */
export interface ConsentLine {
  id: string;
  channel: string;
  topic: string;
  state: ConsentState;
  seq: number;
}

/**
 * What holds for one channel and topic: the newest line among those that speak of it ('*' speaks of all), and that
 * line itself, so that every send can name it. A pending line asks and decides nothing: what held before it goes on;
 * where nothing held, the answer is pending.
 */
export function consentFor<Line extends ConsentLine>(
  lines: readonly Line[],
  channel: Channel,
  topic: string,
): { state: ConsentState | 'none'; line: Line | null } {
  let decided: Line | null = null;
  let asked: Line | null = null;
  for (const line of lines) {
    if (line.channel !== '*' && line.channel !== channel) continue;
    if (line.topic !== '*' && line.topic !== topic) continue;
    if (line.state === 'pending') asked = newer(line, asked);
    else decided = newer(line, decided);
  }
  const line = decided ?? asked;
  return { state: line?.state ?? 'none', line };
}

type Said = Pick<ConsentLine, 'channel' | 'topic'>;

/**
 * Whether a withdrawal of any part of this still holds: nothing was granted since that speaks of all that it took back,
 * or of all of this. What is older than the withdrawal (a file, the link in an old mail) must not undo it.
 */
export const isWithdrawn = (lines: readonly ConsentLine[], what: Said): boolean =>
  lines.some(
    (line) =>
      line.state === 'withdrawn' &&
      meets(line.channel, what.channel) &&
      meets(line.topic, what.topic) &&
      !lines.some(
        (later) =>
          later.seq > line.seq && later.state === 'granted' && (covers(later, line) || covers(later, what)),
      ),
  );

const meets = (one: string, other: string): boolean => one === '*' || other === '*' || one === other;

const covers = (wide: Said, narrow: Said): boolean =>
  (wide.channel === '*' || wide.channel === narrow.channel) &&
  (wide.topic === '*' || wide.topic === narrow.topic);

const newer = <Line extends ConsentLine>(line: Line, than: Line | null): Line =>
  than === null || line.seq > than.seq ? line : than;
