import type { OpenConnection, SendOutcome } from '@halyard/core/delivery/provider';
import { withoutSecrets } from '../without-secrets.js';
import type { VendorAnswer } from './call-vendor.js';
import { commonOutcome } from './call-vendor.js';

/** An answer of which a head came at least. */
export type Answered = Extract<VendorAnswer, { kind: 'answered' }>;

/**
 * The outcome of a post to a chat service, as it may be stored and shown: `own` reads its answers, and leaves those that
 * say nothing of their own (null) to what all vendors have in common.
 */
export function postOutcome(
  vendor: string,
  connection: OpenConnection,
  answer: VendorAnswer,
  own: (answer: Answered) => SendOutcome | null,
): SendOutcome {
  const outcome =
    (answer.kind === 'answered' && own(answer)) ||
    commonOutcome(answer, connection) ||
    unread(vendor, answer);
  return 'detail' in outcome
    ? { ...outcome, detail: withoutSecrets(outcome.detail, connection.secrets) }
    : outcome;
}

/** A refusal is one whoever says so; anything else is of somebody else, or broke off, and it may have been posted. */
const unread = (vendor: string, answer: VendorAnswer): SendOutcome =>
  answer.kind === 'answered' && answer.status >= 400
    ? { kind: 'rejected', code: `http_${answer.status}`, detail: `${vendor} answered ${answer.status}.` }
    : {
        kind: 'unknown',
        code: 'unreadable_answer',
        detail: `${vendor} answered something that cannot be read.`,
      };

/** Why the account could not be tested at all, or failed the test. */
export function failedTest({ secrets }: OpenConnection, reason: string): { ok: false; reason: string } {
  return { ok: false, reason: withoutSecrets(reason, secrets) };
}

/** A webhook has one place, and what is meant for somebody else must not be read by everybody there. */
export const elsewhere = (to: string, postsTo: string): SendOutcome => ({
  kind: 'rejected',
  code: 'another_place',
  detail: `This webhook posts to ${postsTo} only, and the message is for ${to}.`,
});
