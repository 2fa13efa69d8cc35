const address = /https?:\/\/[^\s<>]+/g;

/** Emphasis, spoilers, code, links with a text of their own, mentions and custom emojis. */
const anywhere = /[\\*_~`|[\]<]/g;
/** Quotes, headings and lists. */
const atLineStart = /^([ \t]*)([>#-])/gm;

/**
 * A text as Discord shows it letter for letter: what its Markdown would read is escaped, but for addresses, which it
 * links as they are.
 */
export function discordText(text: string): string {
  let shown = '';
  let at = 0;
  for (const { 0: url, index } of text.matchAll(address)) {
    shown += escaped(text.slice(at, index)) + url;
    at = index + url.length;
  }
  return shown + escaped(text.slice(at));
}

const escaped = (text: string): string => text.replace(anywhere, '\\$&').replace(atLineStart, '$1\\$2');
