'use client';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import { chosenInList } from '../components/list-and-detail';
import type { SandboxMessage } from '../data/inbox';

interface Props {
  messages: readonly SandboxMessage[];
  shown: string | undefined;
  onChoose: (id: string) => void;
}

export function InboxList({ messages, shown, onChoose }: Props) {
  const t = useTranslations();
  return (
    <ul className="divide-y divide-rope" aria-label={t('inbox.title')}>
      {messages.map(({ id, recipient, subject, preview, channel, received_at }) => (
        <li key={id}>
          <button
            type="button"
            aria-current={id === shown ? 'true' : undefined}
            onClick={() => onChoose(id)}
            className={`grid gap-0.5 ${chosenInList}`}
          >
            <span className="flex items-baseline justify-between gap-3">
              <span className="min-w-0 truncate font-semibold">{recipient}</span>
              <At instant={received_at} as="relative" className="shrink-0 text-xs text-ink-soft" />
            </span>
            {subject && <span className="truncate">{subject}</span>}
            <span className="truncate text-ink-soft">
              <span className="text-xs">{t(`channels.${channel}`)}</span>
              {preview && ` · ${preview}`}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
