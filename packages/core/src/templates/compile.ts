import type { EmailVariant, TemplateContent, WhatsAppVariant } from '@halyard/contracts/templates/content';
import type { Issue } from '../domain-error.js';
import type { CompiledEmail, CompiledTemplate, CompiledVariant } from './compiled.js';
import { asDocument, htmlToText } from './html.js';
import { htmlFaults } from './html-rules.js';
import type { LiquidTarget } from './liquid.js';
import { isFault, parseLiquid, variablesOf } from './liquid.js';
import { asMjmlDocument } from './mjml-layout.js';
import type { ProtectedLiquid } from './protected-liquid.js';
import { protectLiquid } from './protected-liquid.js';

export interface MjmlFault {
  line: number;
  message: string;
}

/** Turns a whole MJML document into HTML; packages/channels does it. */
export interface MjmlCompiler {
  compile(mjml: string): Promise<{ html: string } | { faults: MjmlFault[] }>;
}

export type Compilation =
  | { kind: 'compiled'; compiled: CompiledTemplate; variables: string[] }
  | { kind: 'invalid'; issues: Issue[] };

/** Makes of what was written what sending uses, and finds every fault while its author still looks at it. */
export class TemplateCompiler {
  constructor(private readonly mjml: MjmlCompiler) {}

  async compile({ channel, content }: TemplateContent): Promise<Compilation> {
    const report = new Report();
    const parts = { locales: {}, fallback: {} } as Pick<CompiledTemplate, 'locales' | 'fallback'>;
    for (const part of ['locales', 'fallback'] as const)
      for (const [locale, variant] of Object.entries(content[part] ?? {})) {
        const at = report.at(`content.${part}.${locale}`);
        const compiled =
          channel === 'email'
            ? await this.#email(variant as EmailVariant, locale, at)
            : compileText(variant as WhatsAppVariant, at);
        if (compiled) parts[part][locale] = compiled;
      }
    if (report.issues.length) return { kind: 'invalid', issues: report.issues };
    return {
      kind: 'compiled',
      compiled: { default_locale: content.default_locale, ...parts },
      variables: [...report.variables].sort(),
    };
  }

  async #email(variant: EmailVariant, locale: string, at: Place): Promise<CompiledEmail | null> {
    const { subject, preheader, text } = variant;
    at.liquid('subject', subject);
    if (preheader) at.liquid('preheader', preheader);
    if (text) at.liquid('text', text);
    const field = variant.mjml === undefined ? 'html' : 'mjml';
    const source = variant[field] ?? '';
    if (!at.liquid(field, source)) return null;
    const liquid = protectLiquid(source);
    const html = field === 'mjml' ? await this.#mjml(liquid, locale, at) : asDocument(liquid.text, locale);
    if (html === null) return null;
    for (const fault of htmlFaults(html, liquid)) at.issue(field, fault);
    const restored = liquid.restore(html);
    if (!at.liquid(field, restored, 'html')) return null;
    return {
      kind: 'email',
      subject,
      preheader: preheader ?? null,
      html: restored,
      text: text ?? liquid.restore(htmlToText(html)),
      links_unsubscribe: printed(source, 'unsubscribeUrl'),
      names_address: printed(source, 'organization.postal_address'),
    };
  }

  async #mjml(liquid: ProtectedLiquid, locale: string, at: Place): Promise<string | null> {
    const result = await this.mjml.compile(asMjmlDocument(liquid.text, locale));
    if ('faults' in result) {
      for (const { line, message } of result.faults)
        at.issue('mjml', `Line ${line}: ${liquid.restore(message)}`);
      return null;
    }
    // MJML drops text that stands between its tags without a word.
    for (const piece of liquid.lostFrom(result.html))
      at.issue('mjml', `${piece} would be lost: around sections or columns put it into <mj-raw>…</mj-raw>.`);
    return result.html;
  }
}

/** SMS and chat have a text, WhatsApp a text or an approved template. */
function compileText({ text, template }: WhatsAppVariant, at: Place): CompiledVariant {
  if (!template) {
    at.liquid('text', text ?? '');
    return { kind: 'text', text: text ?? '' };
  }
  const { name, language, body, header, buttons = [] } = template;
  body.forEach((parameter, n) => {
    at.liquid(`template.body.${n}`, parameter);
  });
  buttons.forEach((parameter, n) => {
    at.liquid(`template.buttons.${n}`, parameter);
  });
  if (header) at.liquid('template.header', header);
  return { kind: 'whatsapp_template', name, language, body, header: header ?? null, buttons };
}

const printed = (source: string, variable: string): boolean =>
  new RegExp(`\\{\\{[^{}]*\\b${variable.replace('.', '\\.')}\\b`).test(source);

/** LiquidJS looks for the variables of 3,000 pieces in a fifth of a second, and the time grows with the square. */
const mostPieces = 2_000;

/** Collects what is wrong and which variables are read, over all variants. */
class Report {
  readonly issues: Issue[] = [];
  readonly variables = new Set<string>();

  at(path: string): Place {
    return {
      issue: (field, message) => this.issues.push({ path: `${path}.${field}`, message }),
      liquid: (field, source, target = 'text') => {
        if (source.split(/\{[{%]/).length > mostPieces) {
          const message = `A text may hold ${mostPieces} pieces of Liquid at most.`;
          this.issues.push({ path: `${path}.${field}`, message });
          return false;
        }
        const parsed = parseLiquid(source, target);
        if (isFault(parsed)) {
          this.issues.push({ path: `${path}.${field}`, message: `Line ${parsed.line}: ${parsed.message}.` });
          return false;
        }
        for (const variable of variablesOf(parsed)) this.variables.add(variable);
        return true;
      },
    };
  }
}

interface Place {
  issue(field: string, message: string): void;
  /** Checks that the text is Liquid; false when it is not. */
  liquid(field: string, source: string, target?: LiquidTarget): boolean;
}
