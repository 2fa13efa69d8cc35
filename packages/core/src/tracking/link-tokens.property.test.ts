import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ContactId, MessageId, OrgId } from '../ids.js';
import type { TokenKind } from './link-tokens.js';
import { LinkTokens } from './link-tokens.js';

const tokens = new LinkTokens('0123456789abcdef0123456789abcdef', 'https://go.example');
const kinds: TokenKind[] = ['open', 'click', 'unsubscribe', 'confirm', 'attempt', 'answer', 'start'];
const subject = fc.record({
  orgId: fc.uuid() as fc.Arbitrary<string> as fc.Arbitrary<OrgId>,
  messageId: fc.uuid() as fc.Arbitrary<string> as fc.Arbitrary<MessageId>,
  contactId: fc.option(fc.uuid()) as fc.Arbitrary<ContactId | null>,
});

test('Feature: link tokens, Property 1: what was signed is read back, as that kind and no other', () => {
  fc.assert(
    fc.property(subject, (given) => {
      const token = tokens.sign('unsubscribe', given);
      expect(tokens.read('unsubscribe', token)).toEqual(given);
      for (const kind of kinds.filter((one) => one !== 'unsubscribe'))
        expect(tokens.read(kind, token)).toBeNull();
      expect(
        new LinkTokens('another secret of the same length', 'https://go.example').read('unsubscribe', token),
      ).toBeNull();
      expect(token.length).toBeLessThanOrEqual(88);
    }),
  );
});

test('Feature: link tokens, Property 5: a start parameter is one that Telegram takes, and names the contact', () => {
  fc.assert(
    fc.property(fc.uuid() as fc.Arbitrary<string> as fc.Arbitrary<ContactId>, (contactId) => {
      const token = tokens.sign('start', { contactId });
      expect(token).toMatch(/^[\w-]{1,64}$/);
      expect(tokens.read('start', token)).toEqual({ contactId });
    }),
  );
});

test('Feature: link tokens, Property 2: a token with any change is nobody’s', () => {
  fc.assert(
    fc.property(subject, fc.nat(), fc.integer({ min: 1, max: 255 }), (given, at, flip) => {
      const bytes = Buffer.from(tokens.sign('unsubscribe', given), 'base64url');
      const place = at % bytes.length;
      bytes[place] = (bytes[place] ?? 0) ^ flip;
      expect(tokens.read('unsubscribe', bytes.toString('base64url'))).toBeNull();
    }),
    { numRuns: 300 },
  );
});

test('Feature: link tokens, Property 3: no text makes reading throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...kinds), (text, kind) => {
      expect(tokens.read(kind, text)).toBeNull();
    }),
  );
});

test('Feature: link tokens, Property 4: links signed with an older secret are read while it is named', () => {
  const url = 'https://go.example';
  const [first, second, third] = ['first', 'second', 'third'].map((one) => one.padEnd(32, '.')) as [
    string,
    string,
    string,
  ];
  fc.assert(
    fc.property(subject, (given) => {
      const sent = new LinkTokens(first, url).sign('unsubscribe', given);
      const now = new LinkTokens(third, url, [second, first]);
      expect(now.read('unsubscribe', sent)).toEqual(given);
      expect(now.sign('unsubscribe', given)).toBe(new LinkTokens(third, url).sign('unsubscribe', given));
      expect(new LinkTokens(third, url, [second]).read('unsubscribe', sent)).toBeNull();
    }),
  );
});
