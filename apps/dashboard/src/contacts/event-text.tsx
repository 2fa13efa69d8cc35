'use client';
import { ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ContactEvent } from '../data/contacts';
import { Link } from '../i18n/navigation';
import { textOf } from './attribute-value';
import { useConsentNames } from './consent-names';

/** What Halyard itself records, in words; an event of somebody else under the name that it came with. */
export function EventText({ event }: { event: ContactEvent }) {
  const t = useTranslations('contact.events');
  const { type, subject } = event;
  const key = type.replace('.', '_');
  const known = t.has(key as 'contact_created');
  const text = known ? t(key as 'contact_created') : type;
  return (
    <>
      <p>
        {subject?.type === 'booking' || subject?.type === 'message' ? (
          <Link href={`/${subject.type}?id=${subject.id}`} className="text-sea hover:underline">
            {text}
          </Link>
        ) : (
          <span className={known ? '' : 'font-mono text-sm'}>{text}</span>
        )}
      </p>
      <Detail event={event} known={known} />
    </>
  );
}

function Detail({ event: { type, payload }, known }: { event: ContactEvent; known: boolean }) {
  const t = useTranslations('contact');
  const names = useConsentNames();
  const facts = Object.entries(payload as Record<string, unknown>);
  if (type.startsWith('consent.')) {
    const { topic, channel, source } = payload as {
      topic?: string;
      channel?: 'email' | '*';
      source?: string;
    };
    const said = [topic && names.topic(topic), channel && names.channel(channel), source];
    return <p className="text-sm text-ink-soft">{said.filter(Boolean).join(' · ')}</p>;
  }
  if (type === 'contact.updated') {
    const { changed } = payload as { changed?: string[] };
    const named = changed?.map((one) =>
      t.has(`fields.${one}` as 'fields.email')
        ? t(`fields.${one}` as 'fields.email')
        : one.replace(/^attributes\./, ''),
    );
    return <p className="text-sm text-ink-soft">{named?.join(', ')}</p>;
  }
  if (known || facts.length === 0) return null;
  return (
    <details className="group">
      <summary className="inline-flex min-h-11 list-none items-center gap-1 rounded-sm text-sm text-sea hover:underline sm:min-h-6 [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-4 transition-transform group-open:rotate-90" aria-hidden="true" />
        {t('eventFacts', { count: facts.length })}
      </summary>
      <dl className="grid gap-0.5 text-sm text-ink-soft">
        {facts.map(([name, value]) => (
          <div key={name} className="flex gap-1.5">
            <dt className="shrink-0">{name}:</dt>
            <dd className="min-w-0 break-words text-ink">{textOf(value)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
