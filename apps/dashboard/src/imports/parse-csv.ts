/** Comma, semicolon or tab: what the header has most of, as the server decides it. */
export function delimiterOf(text: string): string {
  const [header = ''] = text.split(/\r?\n/, 1);
  const bare = header.replace(/"[^"]*"/g, '');
  const count = (mark: string) => bare.split(mark).length;
  return [',', ';', '\t'].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** A cell in quotation marks, in which they are doubled, or one without; and what it ends with. */
const cell = (delimiter: string) =>
  new RegExp(`(?:"((?:[^"]|"")*)"|((?!")[^${delimiter}\\r\\n]*))(${delimiter}|\\r?\\n|$)`, 'y');

/** The first rows of a CSV text, for a look at it: the import reads the file itself. Empty lines are left out. */
export function parseCsv(text: string, most: number, delimiter = delimiterOf(text)): string[][] {
  const rows: string[][] = [];
  const pattern = cell(delimiter);
  let row: string[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (rows.length < most) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) break; // a stray quotation mark: the check tells of it
    const [whole, quoted, bare = '', end] = found;
    row.push(quoted?.replaceAll('""', '"') ?? bare);
    at += whole.length;
    if (end === delimiter) continue;
    if (row.some((text) => text !== '')) rows.push(row);
    row = [];
    if (end === '') break;
  }
  return rows;
}
