import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { assertComplete, emptyPictures, pictures } from '../scripts/screenshots/pages.ts';
import { Words } from './dashboard-words.js';

const folder = join(import.meta.dirname, '../docs/guide');

describe.each(['en', 'de'])('the user guide (%s)', (language) => {
  const guide = readFileSync(join(folder, `${language}.md`), 'utf8');
  const intro = guide.indexOf('\n## ');

  test('names what is pressed and read as the dashboard names it', () => {
    const said = [...new Words(language).all()].map(patternOf);
    const quoted = [...guide.slice(intro).matchAll(/\*\*([^*]+)\*\*/g)].map(([, name = '']) =>
      name.replaceAll('\n', ' '),
    );
    expect(quoted.length).toBeGreaterThan(50);
    expect(quoted.filter((name) => !said.some((text) => text.test(name)))).toEqual([]);
  });

  test('shows a picture that is there and said in words, in each of its sections', () => {
    for (const section of guide.slice(intro).split('\n## ').slice(1)) {
      const pictures = [...section.matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)];
      expect(pictures.length, section.slice(0, 40)).toBeGreaterThan(0);
      for (const [, words = '', path = ''] of pictures) {
        expect(words.length, path).toBeGreaterThan(15);
        expect(path).toContain(`/images/${language}/`);
        expect(existsSync(join(folder, path)), path).toBe(true);
      }
    }
  });
});

test('both languages walk through the same sections and pictures', () => {
  const [en, de] = ['en', 'de'].map((language) => {
    const guide = readFileSync(join(folder, `${language}.md`), 'utf8');
    return [...guide.matchAll(/^## \d+|images\/../gm)].length + guide.split(/images\/..\//).length;
  });
  expect(de).toBe(en);
});

test('every page has its picture in both languages, and together they stay small', () => {
  assertComplete();
  const images = join(folder, '../images');
  const taken = globSync('*/*.png', { cwd: images });
  for (const { name } of [...emptyPictures, ...pictures])
    for (const language of ['en', 'de']) expect(taken).toContain(`${language}/${name}.png`);
  const bytes = taken.reduce((sum, file) => sum + statSync(join(images, file)).size, 0);
  expect(bytes).toBeLessThan(6_000_000);
});

/** A text such as “Publish version {number}” matches whatever stands for the number. */
function patternOf(text: string): RegExp {
  const parts = text.split(/\{\w+\}/);
  if (parts.length > 1 && parts.join('').length < 8) return /^$/; // nothing but what is filled in
  return new RegExp(`^${parts.map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.+')}$`);
}
