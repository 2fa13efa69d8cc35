import type { Channel } from '@halyard/contracts/primitives';
import type {
  DraftPreviewInput,
  Preview,
  PreviewInput,
  TestSendInput,
} from '@halyard/contracts/templates/rendering';
import type { Actor, AuditEntry } from '../actor.js';
import type { Wakeups } from '../claim-loop.js';
import type { Clock } from '../clock.js';
import type { Payload } from '../delivery/provider.js';
import type { Rendered, Renderer } from '../delivery/renderer.js';
import { DomainError, notFound } from '../domain-error.js';
import type { EntityRef } from '../events/entities.js';
import type { Facts } from '../flows/run.js';
import type { ContactId, MessageId, OrgId, TemplateId } from '../ids.js';
import { randomIds } from '../ids.js';
import type { NewMessage } from '../messages/message.js';
import type { TemplateCompiler } from './compile.js';
import type { CompiledTemplate } from './compiled.js';
import { lintTemplate } from './lint.js';
import { sampleFacts } from './sample-facts.js';
import { smsSegments } from './sms-segments.js';
import type { TemplateStore } from './templates.js';
import { templateVariables } from './variables.js';

/** What previews need of the database. */
export interface PreviewStore extends Pick<TemplateStore, 'find'> {
  /** Facts of a contact, or of a booking or enrollment and its contact; of neither: the organization alone. Null when they are not there. */
  facts(orgId: OrgId, of: { contactId: ContactId | null; subject: EntityRef | null }): Promise<Facts | null>;
  schedule(orgId: OrgId, message: NewMessage, audit: AuditEntry): Promise<MessageId>;
}

/** What is previewed: a stored version, or a draft. */
interface Subject {
  template: { id: string; key: string; channel: Channel; number: number; compiled: CompiledTemplate };
  variables: string[];
}

/** Shows what a recipient would get, and sends it to an address of the author's. */
export class TemplatePreviews {
  constructor(
    private readonly store: PreviewStore,
    private readonly compiler: TemplateCompiler,
    private readonly renderer: Renderer,
    private readonly clock: Clock,
    private readonly wakeups: Wakeups,
  ) {}

  async preview(orgId: OrgId, id: TemplateId, input: PreviewInput): Promise<Preview> {
    const stored = await this.store.find(orgId, id, input.version);
    if (!stored) throw notFound('template');
    const { compiled, number, variables } = stored.version;
    const template = { ...stored.summary, number, compiled };
    return this.#preview(orgId, { template, variables }, input);
  }

  async previewDraft(orgId: OrgId, input: DraftPreviewInput): Promise<Preview> {
    const result = await this.compiler.compile(input);
    if (result.kind === 'invalid')
      throw new DomainError('invalid_template', result.issues[0]?.message ?? 'It has errors.', result.issues);
    const { compiled, variables } = result;
    // Numbered by the moment, so that the renderer's cache never shows an earlier draft.
    const template = { id: 'draft', key: 'draft', channel: input.channel, number: draftNumber(), compiled };
    return this.#preview(orgId, { template, variables }, input);
  }

  /** Goes the way of transactional messages, so that it arrives at once; shown as a preview would show it. */
  async sendTest(orgId: OrgId, id: TemplateId, input: TestSendInput, actor: Actor): Promise<MessageId> {
    const stored = await this.store.find(orgId, id, input.version);
    if (!stored) throw notFound('template');
    const messageId = randomIds<MessageId>();
    const { channel } = stored.summary;
    const now = this.clock.now();
    const facts = await this.#facts(orgId, input);
    const contact = treeOf(facts.contact);
    const locale = input.locale ?? textOf(contact.locale);
    await this.store.schedule(
      orgId,
      {
        id: messageId,
        key: `test:${messageId}`,
        contactId: null,
        source: 'test',
        class: 'transactional',
        topic: '*',
        channels: [channel],
        template: {
          id,
          version: stored.version.number,
          shown: { class: input.class, ...(locale && { locale }) },
        },
        variables: templateVariables(facts, input.variables),
        target: { [channel]: input.to },
        plannedAt: now,
        expiresAt: new Date(now.getTime() + 3_600_000),
        timeZone: textOf(contact.time_zone),
      },
      // The audit log cannot be erased, so it does not name the address.
      {
        actor,
        action: 'template.tested',
        target: { type: 'template', id },
        changes: { message_id: messageId },
      },
    );
    this.wakeups.poke('messages');
    return messageId;
  }

  async #preview(orgId: OrgId, { template, variables }: Subject, input: PreviewInput): Promise<Preview> {
    const facts = await this.#facts(orgId, input);
    const contact = treeOf(facts.contact);
    const organization = treeOf(facts.organization);
    const locales = [input.locale, contact.locale, organization.locale].filter(
      (one) => typeof one === 'string',
    );
    const rendered = this.renderer.render({
      orgId,
      messageId: nobody as MessageId,
      contactId: nobody as ContactId,
      class: input.class,
      topic: '*',
      channel: template.channel,
      template: { ...template, templateId: template.id },
      content: null,
      locales,
      timeZone: String(contact.time_zone ?? organization.time_zone ?? 'UTC'),
      variables: templateVariables(facts, input.variables),
      to: { address: 'preview@example.com' },
      sender: { from_address: 'preview@example.com', sender: 'preview' },
      organization: {
        name: String(organization.name ?? ''),
        postalAddress: textOf(organization.postal_address),
        website: textOf(organization.website),
      },
      tracking: { opens: false, clicks: false },
    });
    const lint = lintTemplate(template.compiled, variables, {
      channel: template.channel,
      organization: { postalAddress: textOf(organization.postal_address) },
    });
    return { channel: template.channel, ...shown(rendered), lint };
  }

  async #facts(orgId: OrgId, input: Recipient): Promise<Facts> {
    const subject = subjectOf(input);
    const contactId = (input.contact_id as ContactId | undefined) ?? null;
    const facts = await this.store.facts(orgId, { contactId, subject });
    if (!facts) throw notFound(subject?.type ?? 'contact');
    if (contactId || subject) return facts;
    return sampleFacts(this.clock.now(), treeOf(facts.organization));
  }
}

interface Recipient {
  contact_id?: string | undefined;
  booking_id?: string | undefined;
  enrollment_id?: string | undefined;
}

function subjectOf({ booking_id, enrollment_id }: Recipient): EntityRef | null {
  if (booking_id && enrollment_id) {
    const message = 'Give booking_id or enrollment_id, not both.';
    throw new DomainError('invalid_request', message, [{ path: 'body.enrollment_id', message }]);
  }
  if (booking_id) return { type: 'booking', id: booking_id };
  return enrollment_id ? { type: 'enrollment', id: enrollment_id } : null;
}

let drafts = 0;
const draftNumber = (): number => ++drafts;

const nobody = '00000000-0000-0000-0000-000000000000';

const treeOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const nothing = {
  locale: null,
  instead_of: null,
  subject: null,
  html: null,
  text: null,
  headers: {},
  whatsapp_template: null,
  sms: null,
};

function shown(rendered: Rendered): Omit<Preview, 'channel' | 'lint'> {
  if (rendered.kind === 'failed') return { error: rendered.reason, ...nothing };
  return { error: null, ...nothing, ...rendered.variant, ...parts(rendered.payload) };
}

function parts(payload: Payload): Partial<Preview> {
  switch (payload.channel) {
    case 'email':
      return { subject: payload.subject, html: payload.html, text: payload.text, headers: payload.headers };
    case 'sms':
      return { text: payload.text, sms: smsSegments(payload.text) };
    case 'whatsapp':
      return { text: payload.text ?? null, whatsapp_template: payload.template ?? null };
    default:
      return { text: payload.text };
  }
}
