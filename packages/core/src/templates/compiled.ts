/**
 * What sending uses of a template version, as stored: MJML has become HTML, the text part is made, every text is Liquid
 * that is known to parse.
 */
export interface CompiledTemplate {
  default_locale: string;
  locales: Record<string, CompiledVariant>;
  fallback: Record<string, CompiledVariant>;
}

export type CompiledVariant = CompiledEmail | CompiledText | CompiledWhatsAppTemplate;

export interface CompiledEmail {
  kind: 'email';
  subject: string;
  preheader: string | null;
  /** A whole document. */
  html: string;
  text: string;
  /** The body names unsubscribeUrl itself: for the lint. */
  links_unsubscribe: boolean;
  /** The body names the postal address itself, so it is not added under it. */
  names_address: boolean;
}

export interface CompiledText {
  kind: 'text';
  text: string;
}

export interface CompiledWhatsAppTemplate {
  kind: 'whatsapp_template';
  name: string;
  language: string;
  body: string[];
  header: string | null;
  buttons: string[];
}

/**
 * The variants worth trying, best first: for each wanted locale the same tag, then one of its language; at last the
 * default. `de-AT` takes `de` or, without it, `de-DE`.
 */
export function chooseLocales(
  available: readonly string[],
  wanted: readonly string[],
  byDefault: string,
): string[] {
  const chosen = new Set<string>();
  for (const tag of wanted) {
    const wish = tag.replaceAll('_', '-').toLowerCase();
    const language = wish.split('-')[0];
    const match =
      available.find((candidate) => candidate.toLowerCase() === wish) ??
      available.find((candidate) => candidate.toLowerCase() === language) ??
      available.find((candidate) => candidate.toLowerCase().split('-')[0] === language);
    if (match) chosen.add(match);
  }
  if (available.includes(byDefault)) chosen.add(byDefault);
  const first = available[0];
  if (chosen.size === 0 && first !== undefined) chosen.add(first);
  return [...chosen];
}
