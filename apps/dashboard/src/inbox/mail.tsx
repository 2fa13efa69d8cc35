'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { MailFrame } from '../components/mail-frame';
import { withoutPixel } from './links';
import type { Received } from './payload';

interface Props {
  mail: Extract<Received, { kind: 'mail' }>;
  replies: readonly string[];
  onFollow: ((url: string) => void) | undefined;
}

/** A mail, opened in a mail program. */
export function Mail({ mail: { from, to, subject, html, text }, replies, onFollow }: Props) {
  const t = useTranslations('inbox');
  const shown = useMemo(() => withoutPixel(html), [html]);
  const name = from.name ?? from.address;
  return (
    <article>
      <header className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-2 px-4 py-4 sm:px-5">
        <h2 className="col-span-2 text-lg">{subject}</h2>
        <span
          aria-hidden="true"
          className="grid size-10 place-items-center rounded-full bg-sea-wash font-display font-semibold text-sea"
        >
          {name.slice(0, 1).toUpperCase()}
        </span>
        <div className="min-w-0 text-sm">
          <p className="break-words">
            <span className="font-semibold">{name}</span>
            {from.name && <span className="text-ink-soft"> {`<${from.address}>`}</span>}
          </p>
          <p className="break-words text-ink-soft">{t('to', { name: to.name ?? to.address })}</p>
        </div>
      </header>
      {html ? (
        <MailFrame
          html={shown}
          title={t('mailTitle', { subject })}
          className="border-t border-rope"
          {...(onFollow && { onFollow })}
        />
      ) : (
        <p className="border-t border-rope px-4 py-4 break-words whitespace-pre-wrap sm:px-5">{text}</p>
      )}
      {replies.map((reply, n) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: replies are only added at the end.
        <blockquote key={n} className="border-t border-rope px-4 py-3 text-sm sm:px-5">
          <p className="text-xs font-semibold text-ink-soft">
            {t('replied', { name: to.name ?? to.address })}
          </p>
          <p className="break-words whitespace-pre-wrap">{reply}</p>
        </blockquote>
      ))}
    </article>
  );
}
