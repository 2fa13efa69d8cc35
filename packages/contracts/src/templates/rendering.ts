import { z } from 'zod';
import { Attributes, Channel, Locale, MessageClass } from '../primitives.js';
import { ChatChannel, ChatContent, EmailContent, SmsContent, WhatsAppContent } from './content.js';

/** Advice on a template: `error` cannot work, `warning` will look wrong to some, `info` could be better. */
export const Finding = z
  .object({
    severity: z.enum(['error', 'warning', 'info']),
    code: z.string(),
    path: z.string(),
    message: z.string(),
  })
  .meta({ id: 'TemplateFinding' });
export type Finding = z.output<typeof Finding>;

/** For whom it is rendered: a contact, a booking or an enrollment with its contact, or (none given) an invented sailor. */
const recipient = {
  contact_id: z.uuid().optional(),
  booking_id: z.uuid().optional(),
  /** Instead of booking_id: what a message about this enrollment would know. */
  enrollment_id: z.uuid().optional(),
  /** Instead of the contact's. */
  locale: Locale.optional(),
  /** Over the facts of the contact and booking. */
  variables: Attributes.default({}),
};
/** Marketing mail has a footer and a way out; all else has neither. */
const previewed = { ...recipient, class: MessageClass.default('marketing') };

export const PreviewInput = z
  .strictObject({ ...previewed, version: z.number().int().min(1).optional() })
  .meta({ id: 'PreviewInput' });
export type PreviewInput = z.output<typeof PreviewInput>;

/** A preview of content that is not stored. */
export const DraftPreviewInput = z
  .discriminatedUnion('channel', [
    z.strictObject({ ...previewed, channel: z.literal('email'), content: EmailContent }),
    z.strictObject({ ...previewed, channel: z.literal('sms'), content: SmsContent }),
    z.strictObject({ ...previewed, channel: z.literal('whatsapp'), content: WhatsAppContent }),
    z.strictObject({ ...previewed, channel: ChatChannel, content: ChatContent }),
  ])
  .meta({ id: 'DraftPreviewInput' });
export type DraftPreviewInput = z.output<typeof DraftPreviewInput>;

/** What would be sent. `error` says why nothing can be rendered for this recipient; then the other parts are null. */
export const Preview = z
  .object({
    channel: Channel,
    error: z.string().nullable(),
    /** Of the variant that is shown. */
    locale: z.string().nullable(),
    /** Given when that is the fallback: why the variant that was meant could not be rendered. */
    instead_of: z.string().nullable(),
    subject: z.string().nullable(),
    html: z.string().nullable(),
    text: z.string().nullable(),
    headers: z.record(z.string(), z.string()),
    whatsapp_template: z
      .object({
        name: z.string(),
        language: z.string(),
        body: z.array(z.string()),
        header: z.string().optional(),
        buttons: z.array(z.string()).optional(),
      })
      .nullable(),
    /** How an SMS is cut and billed. */
    sms: z
      .object({
        encoding: z.enum(['GSM-7', 'UCS-2']),
        segments: z.number().int(),
        characters: z.number().int(),
        outside_gsm7: z.array(z.string()),
      })
      .nullable(),
    lint: z.array(Finding),
  })
  .meta({ id: 'TemplatePreview' });
export type Preview = z.output<typeof Preview>;

/**
 * `to`: an address on the template's channel, such as a@example.com or +491701234567. `class`: as marketing, an email
 * comes with its footer and the headers of one-click unsubscribing.
 */
export const TestSendInput = z
  .strictObject({
    ...previewed,
    to: z.string().min(1).max(320),
    version: z.number().int().min(1).optional(),
  })
  .meta({ id: 'TestSendInput' });
export type TestSendInput = z.output<typeof TestSendInput>;
