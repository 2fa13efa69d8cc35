import { describe, expect, test } from 'vitest';
import { readBlocks } from './blocks/read-blocks';
import { startingContent } from './starting-points';
import { starts } from './starting-texts';

describe.each(starts)('what begins as %s', (start) => {
  test.each(['en', 'de'] as const)('is a mail of blocks in %s, none of which is lost', (language) => {
    const { default_locale, locales } = startingContent('email', start, language);
    expect(default_locale).toBe(language);
    const blocks = readBlocks(locales[language]?.mjml ?? '');
    expect(blocks?.slice(0, 2).map(({ kind }) => kind)).toEqual(['heading', 'text']);
  });

  test('has a text or an approved template on every other channel', () => {
    for (const channel of ['sms', 'whatsapp', 'telegram']) {
      const { text, template } = startingContent(channel, start, 'en').locales.en ?? {};
      expect([text, template].filter(Boolean)).toHaveLength(1);
    }
  });
});
