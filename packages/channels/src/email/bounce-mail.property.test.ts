import fc from 'fast-check';
import { test } from 'vitest';
import { returnedMail } from '../testing/bounce-mails.js';
import { reportsInMail } from './bounce-mail.js';

const now = new Date('2026-06-01T12:00:00Z');
const id = '0198b2a0-0000-7000-8000-00000000000a';
const kinds = ['postfix', 'exim', 'gmail', 'office365', 'complaint-yahoo', 'complaint-microsoft'] as const;

/** A real mail of which a stretch was cut out and replaced by anything. */
const damaged = fc
  .record({
    kind: fc.constantFrom(...kinds),
    at: fc.nat(4_000),
    cut: fc.nat(400),
    noise: fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.constantFrom('\r\n', '\r\n\r\n', '--', ':', ';', '<'),
    ),
  })
  .map(({ kind, at, cut, noise }) => {
    const mail = Buffer.from(returnedMail(kind, id, 'anna@example.com'));
    return Buffer.concat([mail.subarray(0, at), Buffer.from(noise), mail.subarray(at + cut)]);
  });

test('Feature: bounce mails, Property 1: a damaged mail never fails, and is never taken for proven', async () => {
  await fc.assert(
    fc.asyncProperty(damaged, async (rawBody) => {
      const reports = await reportsInMail({ rawBody, now });
      return reports.every(
        ({ messageId, unproven, occurredAt }) =>
          messageId !== undefined && unproven === true && occurredAt <= now,
      );
    }),
    { numRuns: 500 },
  );
});
