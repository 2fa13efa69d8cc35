/** Section-level tags may stand in the body; everything else of MJML goes into a column. */
const sectionLevel = /^<mj-(section|wrapper|hero|raw)\b/i;

/** What stands after the comments that it begins with. */
function afterComments(source: string): string {
  let rest = source.trimStart();
  while (rest.startsWith('<!--')) {
    const end = rest.indexOf('-->');
    if (end === -1) return rest;
    rest = rest.slice(end + 3).trimStart();
  }
  return rest;
}

/**
 * Readers in dark mode take the background from us as we name both schemes, and leave the colours of text as they are
 * given: without these it would be dark on dark. `footer` is a text that has its own, paler colour.
 */
const darkMode = [
  '@media (prefers-color-scheme: dark) {',
  '.text div { color: #e5e7eb !important; } .footer div { color: #9ca3af !important; }',
  '.text a { color: #8ecdf7 !important; } .footer a { color: inherit !important; }',
  '}',
].join(' ');

const head = [
  '<mj-head><mj-attributes>',
  '<mj-all font-family="-apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif" />',
  '<mj-text css-class="text" font-size="16px" line-height="1.5" color="#1f2937" />',
  '<mj-button font-size="16px" background-color="#0b5cad" color="#ffffff" border-radius="6px" />',
  '</mj-attributes>',
  `<mj-style>${darkMode}</mj-style>`,
  '<mj-raw><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"></mj-raw>',
  '</mj-head>',
].join('');

/** Makes a whole MJML document of what may be only the content of one column; line numbers stay as they are. */
export function asMjmlDocument(source: string, lang: string): string {
  if (/<mjml[\s>]/i.test(source)) return source;
  const [open, close] = sectionLevel.test(afterComments(source))
    ? ['', '']
    : ['<mj-section><mj-column>', '</mj-column></mj-section>'];
  return `<mjml lang="${lang}">${head}<mj-body>${open}${source}${close}</mj-body></mjml>`;
}
