'use client';
import { CheckCheck, UserRound } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import { classNames } from '../components/class-names';
import type { SandboxMessage } from '../data/inbox';
import { BubbleText, TemplateButtons, TemplateText } from './bubble-text';
import type { Received } from './payload';

interface Props {
  message: SandboxMessage;
  received: Exclude<Received, { kind: 'mail' }>;
  replies: readonly string[];
  onFollow: ((url: string) => void) | undefined;
}

const bubble = 'max-w-[85%] rounded-2xl px-3.5 py-2 text-sm break-words whitespace-pre-wrap';

/** A conversation on a phone: who writes is the head, what arrived is a bubble, what was answered stands to the right. */
export function Phone({ message: { channel, received_at }, received, replies, onFollow }: Props) {
  const t = useTranslations();
  const chat = channel !== 'sms';
  return (
    <div className="grid justify-items-center bg-sunk px-3 py-6">
      <div className="w-full max-w-sm overflow-hidden rounded-[1.75rem] border-4 border-hull bg-sail shadow-lift">
        <header className="flex items-center gap-3 border-b border-rope px-4 py-3">
          <span className="grid size-9 place-items-center rounded-full bg-sea-wash text-sea">
            <UserRound className="size-5" aria-hidden="true" />
          </span>
          <h2 className="min-w-0 text-sm">
            <span className="block truncate">{received.from}</span>
            <span className="block font-sans text-xs font-normal text-ink-soft">
              {t(`channels.${channel}`)}
            </span>
          </h2>
        </header>
        <div
          className={classNames(
            'flex min-h-72 flex-col items-start justify-end gap-2 px-3 py-4',
            chat && 'bg-kelp-wash',
          )}
        >
          <p className="self-center pb-1 text-xs text-ink-soft">
            <At instant={received_at} />
          </p>
          <div className={classNames(bubble, 'rounded-bl-sm', chat ? 'bg-sail' : 'bg-sunk')}>
            {received.kind === 'template' ? (
              <TemplateText template={received.template} />
            ) : (
              <BubbleText text={received.text} onFollow={onFollow} />
            )}
          </div>
          {received.kind === 'template' && (
            <TemplateButtons buttons={received.template.buttons} onFollow={onFollow} />
          )}
          {replies.map((reply, n) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: replies are only added at the end.
            <p key={n} className={classNames(bubble, 'self-end rounded-br-sm bg-sea text-on-sea')}>
              {reply}
              {chat && <CheckCheck className="ml-2 inline size-3.5" aria-hidden="true" />}
            </p>
          ))}
        </div>
      </div>
    </div>
  );
}
