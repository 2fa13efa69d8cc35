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

const head = [
  '<mj-head><mj-attributes>',
  '<mj-all font-family="-apple-system, Segoe UI, Roboto, Helvetica, Arial, sans-serif" />',
  '<mj-text font-size="16px" line-height="1.5" color="#1f2937" />',
  '<mj-button font-size="16px" background-color="#0b5cad" color="#ffffff" border-radius="6px" />',
  '</mj-attributes>',
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
