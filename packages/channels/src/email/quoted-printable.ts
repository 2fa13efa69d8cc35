const tab = 0x09;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const equals = 0x3d;
const tilde = 0x7e;
const hex = Buffer.from('0123456789ABCDEF');

/** Of the 76 characters that a line may have the last is kept for the `=` that says that it goes on. */
const longest = 75;

const isBreak = (byte: number | undefined): boolean => byte === lineFeed || byte === carriageReturn;

/** A text as quoted-printable (RFC 2045, section 6.7); its lines end with CRLF, whatever they ended with before. */
export function quotedPrintable(text: string): Buffer {
  const bytes = Buffer.from(text);
  // Three for each byte, and three for each line that must go on.
  const out = Buffer.allocUnsafe(bytes.length * 3 + Math.ceil((bytes.length * 3) / (longest - 2)) * 3);
  let at = 0;
  let column = 0;
  const endLine = () => {
    out[at++] = carriageReturn;
    out[at++] = lineFeed;
    column = 0;
  };
  for (let n = 0; n < bytes.length; n++) {
    const byte = bytes[n] ?? 0;
    const next = bytes[n + 1];
    if (isBreak(byte)) {
      if (byte === carriageReturn && next === lineFeed) n++;
      endLine();
      continue;
    }
    const isBlank = byte === space || byte === tab;
    const plain = isBlank
      ? next !== undefined && !isBreak(next)
      : byte > space && byte <= tilde && byte !== equals;
    if (column + (plain ? 1 : 3) > longest) {
      out[at++] = equals;
      endLine();
    }
    if (plain) out[at++] = byte;
    else {
      out[at++] = equals;
      out[at++] = hex[byte >> 4] ?? 0;
      out[at++] = hex[byte & 15] ?? 0;
    }
    column += plain ? 1 : 3;
  }
  return out.subarray(0, at);
}
