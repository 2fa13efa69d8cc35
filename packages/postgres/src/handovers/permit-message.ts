import type { PermitInput } from '@halyard/contracts/handovers/permit';
import { DomainError } from '@halyard/core/domain-error';
import type { ContactId, MessageId, OrgId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { NewMessage } from '@halyard/core/messages/message';
import { sql } from 'kysely';
import { resolveContact } from '../contact-references.js';
import type { Tx } from '../database.js';
import { scheduleMessages } from '../message-writer.js';
import { normalizedTarget } from '../messages/normalized-target.js';
import { isSameMessage } from '../messages/same-message.js';

/** The message of a permit, written when its key is new; in the caller's transaction. */
export async function permitMessage(tx: Tx, orgId: OrgId, input: PermitInput, now: Date): Promise<MessageId> {
  const { channel, to, name, subject, text, approved_template } = input;
  const contactId = await contactOf(tx, orgId, input, now);
  const message: NewMessage = {
    id: randomIds<MessageId>(),
    key: `permit:${input.key}`,
    contactId,
    source: 'permit',
    class: input.class,
    topic: input.topic,
    channels: [channel],
    content: { ...(subject !== undefined && { subject }), body: text ?? '' },
    variables: approved_template === undefined ? {} : { approved_template },
    ...(to !== undefined && {
      target: await normalizedTarget(
        tx,
        orgId,
        { [channel]: to, ...(name && { name }) },
        [channel],
        'body.to',
      ),
    }),
    plannedAt: now,
    expiresAt: null,
    timeZone: null,
  };
  const [written] = await scheduleMessages(tx, orgId, [message]);
  if (written?.duplicate && !(await isSameMessage(tx, orgId, written.id, message)))
    throw new DomainError(
      'idempotency_conflict',
      'This key stands for another message. Use a new key for a new message.',
    );
  return written?.id ?? message.id;
}

/**
 * Locked before its message, as everything does that waits for a contact: caps are counted under this lock, and the
 * release passes over a contact that somebody else holds.
 */
async function contactOf(tx: Tx, orgId: OrgId, input: PermitInput, now: Date): Promise<ContactId | null> {
  if (input.to !== undefined) return null;
  const reference = { id: input.contact_id, contact: input.contact, create: input.create_contact };
  const id = await resolveContact(tx, orgId, reference, now);
  await sql`select from contacts where org_id = ${orgId} and id = ${id} for no key update`.execute(tx);
  return id;
}
