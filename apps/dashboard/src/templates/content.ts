/** One language of a template, whatever its channel: the fields that its kind of content has. */
export interface Variant {
  subject?: string;
  preheader?: string;
  mjml?: string;
  html?: string;
  text?: string;
  template?: ApprovedTemplate;
}

/** A template that WhatsApp approved, and what is filled into it. */
export interface ApprovedTemplate {
  name: string;
  language: string;
  body: string[];
  header?: string;
  buttons?: string[];
}

/** What is written, by language. */
export interface Content {
  default_locale: string;
  locales: Record<string, Variant>;
  fallback?: Record<string, Variant>;
}

export const withVariant = (content: Content, locale: string, change: Partial<Variant>): Content => ({
  ...content,
  locales: { ...content.locales, [locale]: { ...content.locales[locale], ...change } },
});

/** With another language that says what `from` says, to be translated. */
export const withLanguage = (content: Content, locale: string, from: string): Content =>
  withVariant(content, locale, structuredClone(content.locales[from] ?? {}));

/** Without a language. The one that everybody else gets stays. */
export function withoutLanguage(content: Content, locale: string): Content {
  if (locale === content.default_locale) return content;
  const { [locale]: _, ...locales } = content.locales;
  return { ...content, locales };
}

/** What the API takes: fields that may be left out are, when nothing stands in them. */
export function asGiven(content: Content): Content {
  const locales = Object.fromEntries(
    Object.entries(content.locales).map(([locale, variant]) => [locale, givenFields(variant)]),
  );
  return { ...content, locales };
}

function givenFields(variant: Variant): Variant {
  const isMail = variant.subject !== undefined;
  const left = { ...variant };
  if (!left.preheader) delete left.preheader;
  if (isMail && !left.text) delete left.text;
  if (!left.template) return left;
  const { header, buttons, ...template } = left.template;
  return {
    ...left,
    template: { ...template, ...(header && { header }), ...(buttons?.length && { buttons }) },
  };
}

/** Whether two contents say the same. Which field was written first is no difference. */
export const sameContent = (a: unknown, b: unknown): boolean => sorted(a) === sorted(b);

const sorted = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
