import type { CompiledEmail, CompiledVariant } from './compiled.js';
import type { ParsedLiquid } from './liquid.js';
import { isFault, parseLiquid } from './liquid.js';

/** A variant with its Liquid parsed: what the cache of the renderer holds. */
export type ParsedVariant =
  | ParsedEmail
  | { kind: 'text'; text: ParsedLiquid }
  | {
      kind: 'whatsapp_template';
      name: string;
      language: string;
      body: ParsedLiquid[];
      header: ParsedLiquid | null;
      buttons: ParsedLiquid[];
    };

export interface ParsedEmail {
  kind: 'email';
  subject: ParsedLiquid;
  preheader: ParsedLiquid | null;
  html: ParsedLiquid;
  text: ParsedLiquid;
  namesAddress: boolean;
}

/** Throws an Error with a plain sentence when a text is no Liquid: possible only for content that was never compiled. */
export function parseVariant(variant: CompiledVariant): ParsedVariant {
  switch (variant.kind) {
    case 'email':
      return parseEmail(variant);
    case 'text':
      return { kind: 'text', text: plain(variant.text) };
    case 'whatsapp_template':
      return {
        kind: 'whatsapp_template',
        name: variant.name,
        language: variant.language,
        body: variant.body.map(plain),
        header: variant.header === null ? null : plain(variant.header),
        buttons: variant.buttons.map(plain),
      };
  }
}

const parseEmail = (email: CompiledEmail): ParsedEmail => ({
  kind: 'email',
  subject: plain(email.subject),
  preheader: email.preheader === null ? null : plain(email.preheader),
  html: parsed(email.html, 'html'),
  text: plain(email.text),
  namesAddress: email.names_address,
});

const plain = (source: string): ParsedLiquid => parsed(source, 'text');

function parsed(source: string, target: 'html' | 'text'): ParsedLiquid {
  const result = parseLiquid(source, target);
  if (isFault(result)) throw new Error(`line ${result.line}: ${result.message}`);
  return result;
}
