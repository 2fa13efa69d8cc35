import type { EmailPayload, OpenConnection } from '@halyard/core/delivery/provider';
import { randomIds } from '@halyard/core/ids';
import fc from 'fast-check';
import PostalMime from 'postal-mime';
import { expect, test } from 'vitest';
import { email, openConnection } from '../testing/sample-requests.js';
import { composeMail } from './smtp-message.js';

const western = fc.constantFrom(...'aA1 .,<>="\'\täß–', '--', '=_', '=3D');
const eastern = fc.constantFrom('Ж', 'д', '漢', '😀');
const breaks = fc.constantFrom('\r\n', '\n', '\r', '\r\n.', ' \n', '=\n');
const textOf = (letters: fc.Arbitrary<string>) =>
  fc
    .array(fc.oneof({ weight: 60, arbitrary: letters }, { weight: 1, arbitrary: breaks }), {
      maxLength: 400,
      size: 'max',
    })
    .map((parts) => parts.join(''));
const body = fc.oneof(textOf(western), textOf(eastern), textOf(fc.oneof(western, eastern)));
const header = fc.stringMatching(/^[\wäößЖ漢](.{0,60}[\wäößЖ漢])?$/u);

/** As any server may pass them on: with CRLF, and without what stands at the very end. */
const lines = (text: string | undefined): string[] => (text ?? '').replace(/\s+$/, '').split(/\r\n?|\n/);

test('Feature: smtp, Property 1: what a mail reader shows is what was rendered, and no line is longer than mail servers take', async () => {
  await fc.assert(
    fc.asyncProperty(body, body, header, header, async (html, text, subject, name) => {
      const payload = {
        ...(email as EmailPayload),
        html,
        text,
        subject,
        from: { name, address: 'a@school.example' },
      };
      const bytes = await composeMail(connection, randomIds(), payload);
      const mail = await PostalMime.parse(bytes);
      expect(lines(mail.text)).toEqual(lines(text));
      expect(lines(mail.html)).toEqual(lines(html));
      expect(mail.subject?.replace(/\s+/g, ' ')).toBe(subject.replace(/\s+/g, ' '));
      expect(mail.from?.name?.replace(/\s+/g, ' ')).toBe(name.replace(/\s+/g, ' '));
      const written = bytes.toString('latin1').split('\r\n');
      expect(written.filter((line) => line.length > 998 || /[\r\n\x80-\xff]/.test(line))).toEqual([]);
      const at = written.indexOf('');
      expect(written.slice(at).filter((line) => line.length > 76)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

const connection: OpenConnection = openConnection('smtp', ['email'], {});
