'use client';
import { Reply } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { piecesOf } from './links';
import type { WhatsAppTemplate } from './payload';

type Follow = ((url: string) => void) | undefined;

/** The text of a bubble, with its web addresses to be pressed. */
export function BubbleText({ text, onFollow }: { text: string; onFollow: Follow }) {
  return piecesOf(text).map(({ text: piece, url }, n) =>
    url && onFollow ? (
      <button
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text do not move.
        key={n}
        type="button"
        onClick={() => onFollow(url)}
        className="min-h-11 text-left break-all text-sea underline underline-offset-2 sm:min-h-6"
      >
        {piece}
      </button>
    ) : (
      piece
    ),
  );
}

/** Of an approved template only the provider has the words; here is what was filled into it. */
export function TemplateText({ template: { name, language, header, body } }: { template: WhatsAppTemplate }) {
  const t = useTranslations('inbox');
  return (
    <>
      {header && <p className="mb-1 font-semibold">{header}</p>}
      <p className="text-xs text-ink-soft">{t('template', { name, language })}</p>
      {body.length > 0 && (
        <ol className="mt-1 list-decimal pl-5">
          {body.map((value, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: they are numbered.
            <li key={n}>{value}</li>
          ))}
        </ol>
      )}
    </>
  );
}

export function TemplateButtons({ buttons, onFollow }: { buttons: readonly string[]; onFollow: Follow }) {
  return buttons.map((value, n) => (
    <button
      // biome-ignore lint/suspicious/noArrayIndexKey: buttons of a template are told apart by their place.
      key={n}
      type="button"
      disabled={!onFollow || !/^https?:/.test(value)}
      onClick={() => onFollow?.(value)}
      className="inline-flex min-h-11 w-[85%] items-center justify-center gap-2 rounded-xl bg-sail px-3 text-sm font-semibold text-sea"
    >
      <Reply className="size-4 shrink-0 -scale-x-100" aria-hidden="true" />
      <span className="truncate">{value}</span>
    </button>
  ));
}
