import type { Finding } from '../data/templates';

/** Where a finding belongs: a field of one language, or the template as a whole. */
export interface Placed extends Finding {
  locale: string | null;
  field: string | null;
}

const place = /^(?:body\.)?(?:content\.)?(?:locales|fallback)\.([^.]+)\.(.+)$/;

/** By the path that the API gives: `locales.de.subject`, `content.locales.de.mjml`. */
export function placeOf(path: string): Pick<Placed, 'locale' | 'field'> {
  const [, locale = null, field = null] = place.exec(path) ?? [];
  return { locale, field };
}

export const placed = (finding: Finding): Placed => ({ ...finding, ...placeOf(finding.path) });

/** What the API refused of a draft, as findings. */
export const refusals = (issues: readonly { path: string; message: string }[]): Placed[] =>
  issues.map(({ path, message }) => {
    const code = message.startsWith('Too small') ? 'empty' : 'refused';
    return placed({ severity: 'error', code, path, message });
  });

/** What is told at a field: the body of a mail is one, however it is written. */
export const findingsAt = (
  findings: readonly Placed[],
  locale: string,
  field: 'subject' | 'preheader' | 'body' | 'text' | (string & {}),
): Placed[] =>
  findings.filter(
    (one) => one.locale === locale && (field === 'body' ? isBody(one.field) : one.field === field),
  );

const isBody = (field: string | null): boolean => field === 'body' || field === 'mjml' || field === 'html';
