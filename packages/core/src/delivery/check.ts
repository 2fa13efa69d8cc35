import type { Channel } from '@halyard/contracts/primitives';

/** One rule looked at, with the facts it rests on. `needs` says what would have to differ. */
export type Check =
  | { rule: Rule; verdict: 'pass'; facts?: Record<string, unknown> }
  | ({ rule: Rule; facts?: Record<string, unknown>; needs: string } & (
      | { verdict: 'defer'; until: Date; reason?: string }
      | { verdict: 'skip' | 'expire' | 'fail' | 'dead' | 'unknown'; reason: string }
    ));

export type Rule =
  | 'expiry'
  | 'plan_current'
  | 'subject_state'
  | 'contact'
  | 'condition'
  | 'campaign'
  | 'flow'
  | 'address'
  | 'suppression'
  | 'consent'
  | 'content'
  | 'channel_window'
  | 'connection'
  | 'hours'
  | 'caps'
  | 'rates'
  | 'render'
  | 'repeat'
  | 'sender';

export type Stop = Exclude<Check, { verdict: 'pass' }>;

export const pass = (rule: Rule, facts?: Record<string, unknown>): Check =>
  facts ? { rule, verdict: 'pass', facts } : plainPass(rule);

/** Passed on this channel, which is all that it rests on. */
export const passOn = (rule: Rule, channel: Channel): Check => plainPass(rule, channel);

const passes = new Map<string, Check>();

/** Nearly all checks pass and rest on no more: each of these is made once, and not a dozen times for every message. */
function plainPass(rule: Rule, channel?: Channel): Check {
  const name = channel ? `${rule}@${channel}` : rule;
  const known = passes.get(name);
  if (known) return known;
  const made: Check = { rule, verdict: 'pass', ...(channel && { facts: { channel } }) };
  passes.set(name, made);
  return made;
}

export const skip = (rule: Rule, reason: string, needs: string, facts?: Record<string, unknown>): Stop => ({
  rule,
  verdict: 'skip',
  reason,
  needs,
  ...(facts && { facts }),
});

export const defer = (
  rule: Rule,
  until: Date,
  needs: string,
  facts?: Record<string, unknown>,
  reason?: string,
): Stop => ({
  rule,
  verdict: 'defer',
  until,
  ...(reason && { reason }),
  needs,
  ...(facts && { facts }),
});
