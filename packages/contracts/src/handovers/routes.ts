import { z } from 'zod';
import { MessageStatus } from '../messages/message.js';
import { IdParams } from '../primitives.js';
import { route } from '../route.js';
import { ClaimedItem, ClaimInput } from './claim.js';
import { ReportedOutcome } from './outcome.js';
import { Permit, PermitInput } from './permit.js';

const OutcomeReceipt = z
  .object({
    attempt_id: z.uuid(),
    message_id: z.uuid(),
    outcome: z.enum(['accepted', 'rejected', 'throttled', 'failed_before_send', 'unknown']),
    status: MessageStatus,
  })
  .meta({ id: 'OutcomeReceipt' });
export type OutcomeReceipt = z.output<typeof OutcomeReceipt>;

const tag = 'Handovers';
const sends = { role: 'editor', scope: 'messages:write' } as const;

export const handoverRoutes = {
  claim: route({
    id: 'claimOutreach',
    method: 'POST',
    path: '/outreach/claim',
    tag,
    summary: 'Claim messages that are due, to send them yourself',
    description:
      'For connections of provider n8n in mode `pull`: what is due waits until it is claimed here, and is rechecked against every rule then. No two callers get the same message. What is not reported by `lease_until` is unknown and not handed out again. With an Idempotency-Key a repetition gets the items of the first time.',
    access: { role: 'editor', scope: 'outreach:write' },
    body: ClaimInput,
    response: z.object({ items: z.array(ClaimedItem) }),
    idempotent: true,
  }),
  permit: route({
    id: 'askSendPermit',
    method: 'POST',
    path: '/send-permits',
    tag,
    summary: 'Ask before you send something yourself',
    description:
      'Consent, suppression, quiet hours, caps, rates and windows are checked as for a message of Halyard’s own, and it is on record like one. Needs an active connection of provider n8n. A key is granted once: who asks with it again is refused, as it may be out; a lost answer is got again with its Idempotency-Key. A permit that was put off is decided anew from `not_before` on, and so is one whose outcome was reported as throttled or not sent.',
    access: sends,
    body: PermitInput,
    response: Permit,
    errors: ['not_found', 'idempotency_conflict', 'unavailable'],
    idempotent: true,
  }),
  outcome: route({
    id: 'reportOutcome',
    method: 'POST',
    path: '/attempts/:id/outcome',
    tag,
    summary: 'Report what became of a message that was handed over, claimed or permitted',
    description:
      'The same report again is answered as the first time. One that comes after its time was over still counts.',
    access: sends,
    params: IdParams,
    body: ReportedOutcome,
    response: OutcomeReceipt,
    errors: ['not_found', 'conflict'],
  }),
  reportByToken: route({
    id: 'reportOutcomeByToken',
    method: 'POST',
    path: '/hooks/attempts/:token',
    tag,
    summary: 'The same, by the address that came with the message (`report_url`)',
    description: 'The signed address proves by itself who may report.',
    access: 'public',
    params: z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{20,100}$/) }),
    body: ReportedOutcome,
    response: OutcomeReceipt,
    errors: ['not_found', 'conflict'],
  }),
};
