'use client';
import { useTranslations } from 'next-intl';
import type { Preview } from '../data/templates';

/** A message as it stands in a chat on the recipient's phone. */
export function Bubble({ shown }: { shown: Preview }) {
  const t = useTranslations('template.preview');
  const approved = shown.whatsapp_template;
  return (
    <div className="mx-auto w-full max-w-[375px] rounded-lg bg-sunk p-4">
      <div className="w-fit max-w-[92%] min-w-32 rounded-lg rounded-tl-sm bg-sail px-3 py-2 text-sm shadow-lift">
        {approved ? (
          <>
            <p className="text-xs text-ink-soft">
              {t('approved', { name: approved.name, language: approved.language })}
            </p>
            {approved.header && <p className="pt-1 font-semibold break-words">{approved.header}</p>}
            <ol className="pt-1">
              {approved.body.map((value, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: their place is what they are.
                <li key={at} className="break-words whitespace-pre-wrap">
                  <span className="text-ink-soft">{`{{${at + 1}}} `}</span>
                  {value}
                </li>
              ))}
            </ol>
            {approved.buttons?.map((value) => (
              <p key={value} className="mt-2 border-t border-rope pt-2 text-center break-words text-sea">
                {value}
              </p>
            ))}
          </>
        ) : (
          <p className="break-words whitespace-pre-wrap">{shown.text}</p>
        )}
      </div>
    </div>
  );
}
