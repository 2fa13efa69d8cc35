'use client';
import type { Schema } from '@halyard/client/client';
import { useTranslations } from 'next-intl';
import { Panel } from '../components/panel';

/** What went out, as text: the page runs nothing that a template says. */
export function MessageContent({ detail }: { detail: Schema<'MessageDetail'> }) {
  const t = useTranslations('message');
  const payload = (detail.payload ?? {}) as Record<string, unknown>;
  const text = textOf(payload);
  return (
    <Panel title={t('content')}>
      <div className="grid gap-2 px-4 py-4 text-sm sm:px-5">
        {text === null && <p className="text-ink-soft">{t('notRendered')}</p>}
        {typeof payload.subject === 'string' && <p className="font-semibold">{payload.subject}</p>}
        {text !== null && <p className="rounded-md bg-sunk p-3 break-words whitespace-pre-wrap">{text}</p>}
      </div>
    </Panel>
  );
}

function textOf({ text, body }: Record<string, unknown>): string | null {
  if (typeof text === 'string') return text;
  return typeof body === 'string' ? body : null;
}
