/**
 * A mail as it looks in this scheme of colours, whatever the reader's system prefers: a frame asks the system, and
 * nothing that is said of the frame changes that.
 */
export function inScheme(html: string, scheme: 'light' | 'dark'): string {
  return html.replace(/\(\s*prefers-color-scheme\s*:\s*(light|dark)\s*\)/gi, (_, asked: string) =>
    asked.toLowerCase() === scheme ? always : never,
  );
}

const always = '(min-width: 0)';
const never = '(max-width: 0)';
