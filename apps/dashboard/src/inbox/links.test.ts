import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linksIn, piecesOf, withoutPixel } from './links';

const mail = (html: string) =>
  linksIn({ kind: 'mail', from: { address: 'a' }, to: { address: 'b' }, subject: '', text: '', html });

describe('the links of what arrived', () => {
  test('a mail has those of its anchors, by what stands on them', () => {
    const html = `<p><a class="b" href="https://a.example/?x=1&amp;y=2"><b>Book</b> now</a> <a href='mailto:x@y.example'>us</a>
      <a href="https://b.example"><img alt="Our boats" src="x"></a><a href="https://c.example"></a></p>`;
    expect(mail(html)).toEqual([
      { url: 'https://a.example/?x=1&y=2', text: 'Book now' },
      { url: 'https://b.example', text: 'Our boats' },
      { url: 'https://c.example', text: 'https://c.example' },
    ]);
  });

  test('a text has its web addresses, without the full stop behind them', () => {
    expect(
      linksIn({ kind: 'text', from: '', text: 'See https://a.example/b. Bye (http://c.example)' }),
    ).toEqual([
      { url: 'https://a.example/b', text: 'https://a.example/b' },
      { url: 'http://c.example', text: 'http://c.example' },
    ]);
  });

  test('Feature: sandbox inbox, Property 1: a text that is cut at its links is still the same text', () => {
    const word = fc.oneof(fc.string(), fc.webUrl(), fc.constantFrom(' ', '. ', '\n'));
    fc.assert(
      fc.property(fc.array(word), (words) => {
        const text = words.join('');
        expect(
          piecesOf(text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});

test('the pixel is left out, and no other image', () => {
  const logo = '<img src="https://school.example/logo.png" width="80">';
  const pixel = '<img src="https://mail.school.example/t/o/Ab_1-2" width="1" height="1" alt="">';
  expect(withoutPixel(`<body>${logo}${pixel}</body>`)).toBe(`<body>${logo}</body>`);
});
