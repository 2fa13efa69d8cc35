import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Payload } from '../delivery/provider.js';
import type { Rendered, Renderer, RenderInput } from '../delivery/renderer.js';
import type { LinkTokens } from '../tracking/link-tokens.js';
import type { CompiledTemplate, CompiledVariant } from './compiled.js';
import { chooseLocales } from './compiled.js';
import { composeEmail } from './compose-email.js';
import { inlineEmail, inlineText } from './inline-content.js';
import type { ParsedLiquid } from './liquid.js';
import { renderLiquid } from './liquid.js';
import type { Locality } from './local-formats.js';
import { usableLocale } from './local-formats.js';
import { tooLongFor } from './longest-texts.js';
import type { ParsedVariant } from './parsed.js';
import { parseVariant } from './parsed.js';
import { eventMoment } from './variables.js';

/** One way to say it: a variant in its locale. The key names its parsed form in the cache. */
interface Candidate {
  key: string;
  locale: string;
  variant: CompiledVariant;
}

type Made = Pick<Extract<Rendered, { kind: 'rendered' }>, 'payload' | 'links'>;

/** Renders templates and inline content for one recipient at a time; parsed templates are kept. */
export class TemplateRenderer implements Renderer {
  readonly #parsed = new LRUCache<string, ParsedVariant>({ max: 2_000 });

  constructor(private readonly tokens: LinkTokens) {}

  /** The variant in the recipient's language; when it cannot be made for them, the template's fallback. */
  render(input: RenderInput): Rendered {
    let failed: string | null = null;
    for (const candidate of candidates(input)) {
      try {
        const variant = { locale: candidate.locale, ...(failed !== null && { instead_of: failed }) };
        return { kind: 'rendered', ...this.#renderOne(candidate, input), variant };
      } catch (error) {
        failed = `${candidate.locale}: ${error instanceof Error ? error.message : String(error)}`;
      }
    }
    return { kind: 'failed', reason: failed ?? 'there is neither a template nor content' };
  }

  #renderOne({ key, locale, variant }: Candidate, input: RenderInput): Made {
    const parsed = this.#parse(key, variant);
    const locality = { locale: usableLocale(locale), timeZone: input.timeZone };
    const { orgId, messageId, contactId } = input;
    const unsubscribeUrl = this.tokens.url('unsubscribe', { orgId, messageId, contactId });
    const { tokens } = this;
    const scope = {
      ...eventMoment(input.variables, locality),
      ...input.variables,
      unsubscribeUrl,
      // Signed only for those that ask for it.
      get telegramStart() {
        return contactId && tokens.sign('start', { contactId });
      },
    };
    if (parsed.kind !== 'email') return { payload: short(parsed, input, scope, locality), links: [] };
    return composeEmail({ email: parsed, input, scope, locality, unsubscribeUrl }, this.tokens);
  }

  #parse(key: string, variant: CompiledVariant): ParsedVariant {
    const known = this.#parsed.get(key);
    if (known) return known;
    const parsed = parseVariant(variant);
    this.#parsed.set(key, parsed);
    return parsed;
  }
}

function candidates(input: RenderInput): Candidate[] {
  const { template, content, channel, orgId, locales } = input;
  if (content) {
    const locale = locales[0] ?? 'en';
    const variant = channel === 'email' ? inlineEmail(content, locale) : inlineText(content);
    return [{ key: hashOf(variant), locale, variant }];
  }
  if (!template) return [];
  const compiled = template.compiled as CompiledTemplate;
  return (['locales', 'fallback'] as const).flatMap((part) => {
    const variants = compiled[part];
    const [locale] = chooseLocales(Object.keys(variants), locales, compiled.default_locale);
    const variant = locale === undefined ? undefined : variants[locale];
    if (locale === undefined || !variant) return [];
    return [{ key: `${orgId} ${template.templateId} ${template.number} ${part} ${locale}`, locale, variant }];
  });
}

const hashOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64');

/** SMS, WhatsApp and chat: short texts without links of ours. */
function short(
  variant: Exclude<ParsedVariant, { kind: 'email' }>,
  input: RenderInput,
  scope: Record<string, unknown>,
  locality: Locality,
): Payload {
  const fill = (liquid: ParsedLiquid) => renderLiquid(liquid, scope, locality).trim();
  const ends = { from: String(input.sender.sender ?? input.sender.from ?? ''), to: input.to.address };
  if (variant.kind === 'whatsapp_template') {
    if (input.channel !== 'whatsapp')
      throw new Error(`a WhatsApp template cannot go out by ${input.channel}`);
    return { channel: 'whatsapp', ...ends, template: whatsAppTemplate(variant, fill) };
  }
  if (input.channel === 'email') throw new Error('a text cannot go out by email: write an email template');
  const text = fill(variant.text);
  if (text === '') throw new Error('the text is empty');
  const tooLong = tooLongFor(input.channel, text);
  if (tooLong) throw new Error(tooLong);
  return { channel: input.channel, ...ends, text };
}

function whatsAppTemplate(
  variant: Extract<ParsedVariant, { kind: 'whatsapp_template' }>,
  fill: (liquid: ParsedLiquid) => string,
) {
  // WhatsApp refuses parameters that are empty or hold line breaks, tabs or more than four spaces in a row.
  const parameter = (liquid: ParsedLiquid) => {
    const value = oneLineOf(fill(liquid)).replace(/ {5,}/g, '    ');
    if (value === '') throw new Error(`a parameter of the WhatsApp template ${variant.name} is empty`);
    return value;
  };
  return {
    name: variant.name,
    language: variant.language,
    body: variant.body.map(parameter),
    ...(variant.header ? { header: parameter(variant.header) } : {}),
    ...(variant.buttons.length ? { buttons: variant.buttons.map(parameter) } : {}),
  };
}

const oneLineOf = (text: string): string =>
  text
    .split(/[\r\n\t]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join(' ');
