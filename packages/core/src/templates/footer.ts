import { escapeHtml } from './html.js';

interface FooterWords {
  reason: (organization: string) => string;
  unsubscribe: string;
}

const words: Record<string, FooterWords> = {
  en: {
    reason: (organization) => `You receive this message because you are in touch with ${organization}.`,
    unsubscribe: 'Unsubscribe',
  },
  de: {
    reason: (organization) => `Sie erhalten diese Nachricht, weil Sie mit ${organization} in Kontakt sind.`,
    unsubscribe: 'Abmelden',
  },
};

export interface FooterInput {
  locale: string;
  organization: { name: string; postalAddress: string | null };
  /** Null when the body has the link itself. */
  unsubscribeUrl: string | null;
  withAddress: boolean;
}

/** What every marketing mail ends with (sender, postal address, a way out), unless its body says it all. */
export function footer({ locale, organization, unsubscribeUrl, withAddress }: FooterInput): {
  html: string;
  text: string;
} {
  const address = withAddress ? organization.postalAddress : null;
  if (!address && !unsubscribeUrl) return { html: '', text: '' };
  const { reason, unsubscribe } = words[locale.split('-')[0]?.toLowerCase() ?? ''] ?? english;
  const sender = address ? `${organization.name}, ${linesOf(address).join(', ')}` : null;
  const lines = [unsubscribeUrl ? reason(organization.name) : null, sender].filter((line) => line !== null);
  const link = unsubscribeUrl
    ? `<br><a href="${escapeHtml(unsubscribeUrl)}" style="color:inherit">${unsubscribe}</a>`
    : '';
  return {
    html: `<div style="max-width:600px;margin:24px auto 0;padding:16px;font:12px/1.5 Helvetica,Arial,sans-serif;color:#6b7280;text-align:center">${lines.map(escapeHtml).join('<br>')}${link}</div>`,
    text: ['', '', '-- ', ...lines, ...(unsubscribeUrl ? [`${unsubscribe}: ${unsubscribeUrl}`] : [])].join(
      '\n',
    ),
  };
}

const english = words.en as FooterWords;

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
