import { z } from 'zod';
import { Channel, Locale } from '../primitives.js';

/** Text with Liquid in it: `Hello {{firstName | default: "there"}}`. */
const liquid = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((text) => !text.includes('\u0000'), 'Text may not hold the character U+0000.');

/**
 * An email in one locale. Its body is exactly one of
 * - `mjml`: a whole document from <mjml> to </mjml>, or only what goes into one column (mj-text, mj-button, mj-image …),
 *   which is put into a plain layout;
 * - `html`: a whole document or a fragment of it, used as it is.
 * The text part is made from the body unless `text` gives it. Marketing mail gets a footer with the postal address and
 * the unsubscribe link, unless the body has `{{unsubscribeUrl}}` itself.
 */
export const EmailVariant = z
  .strictObject({
    subject: liquid(300),
    /** What inboxes show after the subject. */
    preheader: liquid(300).optional(),
    mjml: liquid(200_000).optional(),
    html: liquid(200_000).optional(),
    text: liquid(100_000).optional(),
  })
  .refine(
    (variant) => (variant.mjml === undefined) !== (variant.html === undefined),
    'Give the body either as mjml or as html.',
  )
  .meta({ id: 'EmailVariant' });
export type EmailVariant = z.infer<typeof EmailVariant>;

export const SmsVariant = z.strictObject({ text: liquid(1_600) }).meta({ id: 'SmsVariant' });
export type SmsVariant = z.infer<typeof SmsVariant>;

/**
 * Either a template approved by WhatsApp, named as it is there, with a Liquid text for each of its parameters in order; or
 * free text, which WhatsApp takes only within 24 hours of the contact's last message.
 */
export const WhatsAppVariant = z
  .strictObject({
    template: z
      .strictObject({
        name: z.string().regex(/^[a-z0-9_]{1,512}$/, 'Template names are lower-case letters, digits and _.'),
        /** As registered there, such as de or en_GB. */
        language: z
          .string()
          .regex(/^[a-z]{2,3}(_[A-Za-z]{2,4})?$/, 'Use the language it is registered in: de, en_GB.'),
        body: z.array(liquid(1_024)).max(20).default([]),
        header: liquid(1_024).optional(),
        /** One value for each button that takes one, in order. */
        buttons: z.array(liquid(2_000)).max(10).optional(),
      })
      .optional(),
    text: liquid(4_096).optional(),
  })
  .refine(
    (variant) => (variant.template === undefined) !== (variant.text === undefined),
    'Give either an approved template or a text.',
  )
  .meta({ id: 'WhatsAppVariant' });
export type WhatsAppVariant = z.infer<typeof WhatsAppVariant>;

export const ChatVariant = z.strictObject({ text: liquid(4_000) }).meta({ id: 'ChatVariant' });
export type ChatVariant = z.infer<typeof ChatVariant>;

/**
 * A variant per locale. A contact gets the first there is of their locale (`de-AT`), its language (`de`), the
 * organization's locale, `default_locale`. `fallback` is sent instead when a variant cannot be rendered for a contact;
 * write it without variables.
 */
const localized = <Variant extends z.ZodType>(variant: Variant) =>
  z
    .strictObject({
      default_locale: Locale,
      locales: z.record(Locale, variant),
      fallback: z.record(Locale, variant).optional(),
    })
    .refine((content) => content.locales[content.default_locale] !== undefined, {
      error: 'locales needs a variant for default_locale.',
      path: ['locales'],
    });

export const EmailContent = localized(EmailVariant).meta({ id: 'EmailContent' });
export const SmsContent = localized(SmsVariant).meta({ id: 'SmsContent' });
export const WhatsAppContent = localized(WhatsAppVariant).meta({ id: 'WhatsAppContent' });
export const ChatContent = localized(ChatVariant).meta({ id: 'ChatContent' });

/** Channels whose messages are plain text and nothing else. */
export const ChatChannel = Channel.exclude(['email', 'sms', 'whatsapp']);
export type ChatChannel = z.infer<typeof ChatChannel>;

/** What is written, and for which channel. */
export const TemplateContent = z.discriminatedUnion('channel', [
  z.strictObject({ channel: z.literal('email'), content: EmailContent }),
  z.strictObject({ channel: z.literal('sms'), content: SmsContent }),
  z.strictObject({ channel: z.literal('whatsapp'), content: WhatsAppContent }),
  z.strictObject({ channel: ChatChannel, content: ChatContent }),
]);
export type TemplateContent = z.output<typeof TemplateContent>;

const identity = {
  /** What flows and messages name it by; the same on every channel it is written for. */
  key: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9._-]{0,99}$/,
      'Use a key such as reminder-3-days: lower-case letters, digits, . _ -',
    ),
  name: z.string().min(1).max(200).optional(),
  /** This product's own wording: used instead of the general one for messages about it. */
  product_id: z.uuid().nullable().default(null),
};

/** A template to be written: new, or as the next version of the one with this key, channel and product. */
export const TemplateInput = z
  .discriminatedUnion('channel', [
    z.strictObject({ ...identity, channel: z.literal('email'), content: EmailContent }),
    z.strictObject({ ...identity, channel: z.literal('sms'), content: SmsContent }),
    z.strictObject({ ...identity, channel: z.literal('whatsapp'), content: WhatsAppContent }),
    z.strictObject({ ...identity, channel: ChatChannel, content: ChatContent }),
  ])
  .meta({ id: 'TemplateInput' });
export type TemplateInput = z.output<typeof TemplateInput>;
