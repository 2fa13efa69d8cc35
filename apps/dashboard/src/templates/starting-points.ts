import type { Language } from '../i18n/locales';
import type { Block } from './blocks/block';
import { compileBlocks } from './blocks/compile-blocks';
import { newBlock } from './blocks/new-block';
import type { Content, Variant } from './content';
import type { StartingTexts } from './starting-texts';
import { startingTexts } from './starting-texts';

/** What a new template may begin with. */
export const starts = ['blank', 'reminder', 'news'] as const;
export type Start = (typeof starts)[number];

/** The content of a new template, in the language of whoever makes it. */
export function startingContent(channel: string, start: Start, language: Language): Content {
  const texts = startingTexts[language];
  return { default_locale: language, locales: { [language]: variantOf(channel, start, texts) } };
}

function variantOf(channel: string, start: Start, texts: StartingTexts): Variant {
  if (channel === 'email') {
    const { subject, preheader } = texts.mail[start];
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
  return { text: texts.short[start] };
}

function blocksOf(start: Start, texts: StartingTexts): Block[] {
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
