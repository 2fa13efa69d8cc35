import type { Finding } from '@halyard/contracts/templates/rendering';
import type { CompiledEmail } from './compiled.js';

/** Gmail cuts a mail off beyond this, and the unsubscribe link with it. */
const gmailClipsAt = 102_000;
const widestImage = 1_200;

interface EmailContext {
  organization: { postalAddress: string | null };
}

/** Advice on one mail: what inboxes cut, block or show badly. */
export function lintEmail(email: CompiledEmail, path: string, context: EmailContext): Finding[] {
  const body = `${path}.body`;
  const found: (Finding | null)[] = [
    ...subject(email.subject, `${path}.subject`),
    when(email.preheader === null && !email.html.includes('mso-hide'), {
      severity: 'info',
      code: 'no_preheader',
      path: `${path}.preheader`,
      message: 'Without a preheader inboxes show the first words of the body.',
    }),
    when(!email.links_unsubscribe, {
      severity: 'info',
      code: 'no_unsubscribe_link',
      path: body,
      message:
        'As marketing this mail gets a footer with the link; {{unsubscribeUrl}} puts it where you want it.',
    }),
    when(!email.names_address && !context.organization.postalAddress, {
      severity: 'warning',
      code: 'no_postal_address',
      path: body,
      message: 'Marketing mail must name a postal address: set it in the settings of the organization.',
    }),
    when(Buffer.byteLength(email.html) > gmailClipsAt, {
      severity: 'warning',
      code: 'html_too_large',
      path: body,
      message: `The HTML has ${Math.round(Buffer.byteLength(email.html) / 1000)} kB; Gmail cuts at 102 kB.`,
    }),
    when(!/color-scheme/i.test(email.html), {
      severity: 'info',
      code: 'no_dark_mode',
      path: body,
      message:
        'Without <meta name="color-scheme" content="light dark"> some readers invert the colours by themselves.',
    }),
    ...images(email, body),
    ...links(email.html, body),
  ];
  return found.filter((one) => one !== null);
}

const when = (holds: boolean, finding: Finding): Finding | null => (holds ? finding : null);

function subject(text: string, path: string): (Finding | null)[] {
  const words = text.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, '');
  return [
    when(text.length > 70, {
      severity: 'info',
      code: 'subject_long',
      path,
      message: 'Phones show about 40 characters of a subject, desktops about 70.',
    }),
    when(words.length > 8 && words === words.toUpperCase() && words !== words.toLowerCase(), {
      severity: 'warning',
      code: 'subject_shouts',
      path,
      message: 'Spam filters dislike subjects in capitals.',
    }),
  ];
}

function images({ html, text }: CompiledEmail, path: string): Finding[] {
  const found: Finding[] = [];
  for (const [image] of html.matchAll(/<img\b[^<>]*>/gi)) {
    const source = attribute(image, 'src') ?? '';
    const name = source.startsWith('data:') ? 'An embedded image' : source || 'An image';
    const finding = (severity: Finding['severity'], code: string, message: string) =>
      found.push({ severity, code, path, message });
    if (attribute(image, 'alt') === null)
      finding('warning', 'image_without_alt', `${name} has no alt text; many readers block images.`);
    if (source.startsWith('data:'))
      finding('warning', 'image_embedded', 'Gmail and Outlook do not show embedded images: link to them.');
    else if (!/^(https?:\/\/|cid:|\{\{)/i.test(source))
      finding('warning', 'image_address', `${name} needs a whole address that begins with https://.`);
    if (Number(attribute(image, 'width') ?? 0) > widestImage)
      finding(
        'warning',
        'image_too_wide',
        `${name} is wider than ${widestImage} pixels: mails are 600 wide.`,
      );
  }
  if (/<img\b/i.test(html)) found.push(...imageHeavy(text, path));
  return found;
}

function imageHeavy(text: string, path: string): Finding[] {
  if (text.split(/\s+/).filter((word) => word.length > 1).length >= 20) return [];
  const message =
    'Mails of images with few words are often taken for spam, and say nothing while images are blocked.';
  return [{ severity: 'warning', code: 'mostly_images', path, message }];
}

function links(html: string, path: string): Finding[] {
  const found: Finding[] = [];
  for (const [anchor] of html.matchAll(/<a\b[^<>]*>/gi)) {
    const target = attribute(anchor, 'href');
    if (target === null || target === '' || target === '#')
      found.push({
        severity: 'warning',
        code: 'link_without_target',
        path,
        message: 'A link leads nowhere.',
      });
    else if (/^http:\/\//i.test(target))
      found.push({ severity: 'info', code: 'link_not_https', path, message: `${target} is not https.` });
  }
  return found;
}

const attribute = (tag: string, name: string): string | null => {
  const match = new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]*))`, 'i').exec(tag);
  return match ? (match[1] ?? match[2] ?? match[3] ?? '') : null;
};
