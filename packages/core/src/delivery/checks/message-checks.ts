import { evaluate } from '../../conditions/evaluate.js';
import { isEntity } from '../../events/entities.js';
import type { Candidate } from '../candidate.js';
import type { Check } from '../check.js';
import { defer, pass, skip } from '../check.js';
import { momentAfter } from '../deadlines.js';
import { repeatedAttempt } from '../routing.js';

/** A booking confirmation of last week helps nobody: the latest for messages that no policy of expiry covers. */
const transactionalExpiry = 'P7D';

/** The moment after which it is not sent any more. */
export const expiryOf = ({ message, organization }: Candidate): Date =>
  message.expiresAt ??
  momentAfter(
    message.plannedAt,
    message.class === 'transactional' ? transactionalExpiry : organization.policy.expire_after,
    organization.timeZone,
  );

export function checkExpiry(candidate: Candidate, now: Date): Check {
  const expiresAt = expiryOf(candidate);
  if (now < expiresAt) return pass('expiry');
  return {
    rule: 'expiry',
    verdict: 'expire',
    reason: 'expired',
    needs: 'It would have to be released before it expired.',
    facts: { expires_at: expiresAt.toISOString(), now: now.toISOString() },
  };
}

/** The plan that this message belongs to must be made of its subject as it is: else it is about to be moved. */
export function checkPlanCurrent({ message, subject, undecidedEvent }: Candidate, now: Date): Check {
  const planned = message.subject?.revision ?? null;
  const actual = subject && subject !== 'missing' ? subject.revision : null;
  const stale = planned !== null && actual !== null && planned !== actual;
  if (!stale && !undecidedEvent) return pass('plan_current');
  return defer(
    'plan_current',
    new Date(now.getTime() + 1000),
    'The events of its subject would have to be decided, and its plan brought up to date.',
    { planned_revision: planned, revision: actual, undecided_event: undecidedEvent },
  );
}

/** What a flow sends about a booking or an enrollment ends with it, unless the flow outlives it. */
export function checkSubject({ message, subject }: Candidate): Check {
  if (message.source !== 'flow' || !isEntity(message.subject)) return pass('subject_state');
  const { type } = message.subject;
  if (subject === 'missing' || subject === null)
    return skip('subject_state', 'subject_missing', `Its ${type} would have to exist.`, { type });
  if (subject.status !== 'cancelled' || subject.outlivesCancelling)
    return pass('subject_state', { type, status: subject.status });
  return skip('subject_state', 'subject_cancelled', `Its ${type} would have to stand.`, {
    type,
    status: subject.status,
  });
}

/** Looked at again this late, should nobody resume it: its messages are let go when somebody does. */
const pausedMs = 6 * 3_600_000;

/**
 * A campaign that is paused holds what is not sent yet; one that is cancelled lets nothing more go. What may have arrived is
 * under way: repeating it, while that is safe, is what settles it.
 */
export function checkCampaign({ subject, history }: Candidate, now: Date): Check {
  const status = subject && subject !== 'missing' ? subject.status : 'missing';
  if (repeatedAttempt(history)) return pass('campaign', { status });
  if (status === 'paused')
    return defer(
      'campaign',
      new Date(now.getTime() + pausedMs),
      'Its campaign would have to be resumed.',
      { status },
      'campaign_paused',
    );
  return status === 'cancelled' || status === 'missing'
    ? skip('campaign', 'campaign_cancelled', 'Its campaign would have to go on.', { status })
    : pass('campaign', { status });
}

/**
 * A flow that is paused holds what it planned. Its expiry goes on meanwhile: a reminder that comes after its course helps
 * nobody. What may have arrived is under way, as with campaigns.
 */
export function checkFlow({ flowPaused, history }: Candidate, now: Date): Check {
  if (!flowPaused || repeatedAttempt(history)) return pass('flow');
  return defer(
    'flow',
    new Date(now.getTime() + pausedMs),
    'Its flow would have to be resumed.',
    { status: 'paused' },
    'flow_paused',
  );
}

export function checkContact({ message, contact }: Candidate): Check {
  if (!contact) {
    if (message.contactId === null && message.target) return pass('contact');
    return skip('contact', 'contact_missing', 'It would have to be for a contact, or name an address.');
  }
  return contact.erased
    ? skip('contact', 'contact_erased', 'The contact was erased; nothing is sent to them again.')
    : pass('contact');
}

export function checkCondition({ message, facts }: Candidate, now: Date): Check {
  if (!message.condition) return pass('condition');
  return evaluate(message.condition, facts, now)
    ? pass('condition')
    : skip('condition', 'condition_not_met', 'The condition of its step would have to hold.', {
        condition: message.condition,
      });
}
