const longest = 2_000;

/** Text from outside, as PostgreSQL can keep it: no null characters, no halves of characters, and not without end. */
export const storableText = (text: string, length = longest): string =>
  text.slice(0, length).replaceAll('\0', '').toWellFormed();
