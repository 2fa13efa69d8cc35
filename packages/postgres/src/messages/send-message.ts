import type { SendInput } from '@halyard/contracts/messages/message';
import type { Channel } from '@halyard/contracts/primitives';
import { DomainError, notFound } from '@halyard/core/domain-error';
import type { ContactId, MessageId, OrgId, ProductId, TemplateId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import type { NewMessage } from '@halyard/core/messages/message';
import { resolveContact } from '../contact-references.js';
import type { Tx } from '../database.js';
import { loadTemplates } from '../load-templates.js';
import { scheduleMessages } from '../message-writer.js';
import { normalizedTarget } from './normalized-target.js';
import { isSameMessage } from './same-message.js';

/** Turns an order into a scheduled message, in the caller's transaction. Throws what is wrong with the order. */
export async function sendMessage(tx: Tx, orgId: OrgId, input: SendInput, now: Date): Promise<MessageId> {
  const booking = input.booking_id ? await readBooking(tx, orgId, input.booking_id) : null;
  const template = templateOf(input);
  if (template) await checkTemplates(tx, orgId, template, input.channels, booking?.productId ?? null);
  const id = randomIds<MessageId>();
  const message: NewMessage = {
    id,
    key: `api:${input.id ?? id}`,
    contactId: await contactOf(tx, orgId, input, now),
    source: 'api',
    class: input.class,
    topic: input.topic,
    channels: [...new Set(input.channels)],
    template,
    content: input.content,
    subject: input.booking_id ? { type: 'booking', id: input.booking_id } : undefined,
    variables: input.variables,
    target:
      input.to &&
      (await normalizedTarget(tx, orgId, { ...input.to, name: input.name }, input.channels, 'body.to')),
    plannedAt: input.send_at ? new Date(input.send_at) : now,
    expiresAt: input.expires_at ? new Date(input.expires_at) : null,
    timeZone: null,
  };
  const [written] = await scheduleMessages(tx, orgId, [message]);
  if (written?.duplicate && !(await isSameMessage(tx, orgId, written.id, message)))
    throw new DomainError(
      'idempotency_conflict',
      'This id was used for another message. Use a new id for a new message.',
    );
  return written?.id ?? id;
}

function templateOf({ template }: SendInput): NewMessage['template'] {
  if (template === undefined) return undefined;
  if (typeof template === 'string') return { keys: template };
  if ('id' in template) return { id: template.id as TemplateId, version: template.version };
  return { keys: template };
}

/** At least one of the channels must have a template, or the message could never go out. */
async function checkTemplates(
  tx: Tx,
  orgId: OrgId,
  template: NonNullable<NewMessage['template']>,
  channels: Channel[],
  productId: ProductId | null,
): Promise<void> {
  const [found] = await loadTemplates(tx, [{ orgId, template, channels, productId }]);
  if (Object.keys(found ?? {}).length > 0) return;
  const message = `There is no such template for ${channels.join(' or ')}. Write it with POST /templates first.`;
  throw new DomainError('invalid_request', message, [{ path: 'body.template', message }]);
}

async function readBooking(tx: Tx, orgId: OrgId, id: string): Promise<{ productId: ProductId | null }> {
  const row = await tx
    .selectFrom('bookings')
    .select('product_id')
    .where('org_id', '=', orgId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (!row) throw notFound('booking');
  return { productId: row.product_id as ProductId | null };
}

const contactOf = (tx: Tx, orgId: OrgId, input: SendInput, now: Date): Promise<ContactId> | null =>
  input.to
    ? null
    : resolveContact(
        tx,
        orgId,
        { id: input.contact_id, contact: input.contact, create: input.create_contact },
        now,
      );
