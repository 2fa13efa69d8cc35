import type { Channel, MessageClass } from '@halyard/contracts/primitives';
import type { ContactId, MessageId, OrgId } from '../ids.js';
import type { InlineContent } from '../messages/message.js';
import type { Payload } from './provider.js';

/** A template version as the database has it: `compiled` is what templates/compile made of the written content. */
export interface TemplateVersion {
  templateId: string;
  key: string;
  channel: Channel;
  number: number;
  compiled: unknown;
}

export interface RenderInput {
  orgId: OrgId;
  messageId: MessageId;
  contactId: ContactId | null;
  class: MessageClass;
  topic: string;
  channel: Channel;
  /** Exactly one of the two. */
  template: TemplateVersion | null;
  content: InlineContent | null;
  /** Locales in the order they are tried: the contact's, its language alone, the organization's. */
  locales: readonly string[];
  timeZone: string;
  /** What Liquid sees: firstName, eventName, eventDate …, and the trees contact, subject, product, event, organization. */
  variables: Record<string, unknown>;
  to: { address: string; name?: string };
  /** Of the connection: from_address, from_name, reply_to, sender … */
  sender: Record<string, unknown>;
  organization: { name: string; postalAddress: string | null; website: string | null };
  tracking: { opens: boolean; clicks: boolean };
}

/** Which variant was said. `instead_of`: why it is the fallback, where the variant meant for this person failed. */
export type RenderedVariant = { locale: string; instead_of?: string };

export type Rendered =
  /** `links`: targets of tracked links, stored before the message is sent. */
  | { kind: 'rendered'; payload: Payload; links: { id: string; url: string }[]; variant: RenderedVariant }
  /** The content cannot be made for this person; the message is dead until the template is mended. */
  | { kind: 'failed'; reason: string };

/** Makes the payload of a message: pure, the same input always gives the same bytes. templates/ implements it. */
export interface Renderer {
  render(input: RenderInput): Rendered;
}
