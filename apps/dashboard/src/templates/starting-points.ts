import type { Language } from '../i18n/locales';
import type { Block } from './blocks/block';
import { compileBlocks } from './blocks/compile-blocks';
import { newBlock } from './blocks/new-block';
import type { Content, Variant } from './content';
import type { StartingTexts, WrittenStart } from './starting-texts';
import { startingTexts, starts } from './starting-texts';

/** Mail can also be brought along as HTML from elsewhere. */
export const mailStarts = [...starts, 'html'] as const;
export type Start = (typeof mailStarts)[number];

/** The content of a new template, in the language of whoever makes it. */
export function startingContent(channel: string, start: Start, language: Language): Content {
  const texts = startingTexts[language];
  return { default_locale: language, locales: { [language]: variantOf(channel, start, texts) } };
}

function variantOf(channel: string, start: Start, texts: StartingTexts): Variant {
  if (channel === 'email') {
    const { subject, preheader, heading } = texts.mail[start === 'html' ? 'blank' : start];
    if (start === 'html') return { subject, preheader, html: `<h1>${heading}</h1>` };
    return { subject, preheader, mjml: compileBlocks(blocksOf(start, texts)) };
  }
  if (channel === 'whatsapp' && start === 'reminder')
    return {
      template: {
        name: 'reminder',
        language: texts.language,
        body: [texts.firstName, '{{ eventName }}', '{{ eventDate }}', '{{ eventTime }}'],
      },
    };
  return { text: texts.short[start === 'html' ? 'blank' : start] };
}

function blocksOf(start: WrittenStart, texts: StartingTexts): Block[] {
  const { heading, body, button } = texts.mail[start];
  const blocks: Block[] = [
    { kind: 'heading', text: heading, align: 'left' },
    { kind: 'text', text: body, align: 'left' },
  ];
  if (button)
    blocks.push({
      kind: 'button',
      text: button,
      href: '{{ organization.website }}',
      align: 'left',
      colour: '',
    });
  if (start === 'news') blocks.push({ kind: 'divider' }, newBlock('footer', texts.unsubscribe));
  return blocks;
}
