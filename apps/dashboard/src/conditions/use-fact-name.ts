'use client';
import { useTranslations } from 'next-intl';

/** What a fact is called; `steps` gives the names of the messages that facts about answers to them mean. */
export function useFactName(steps: Readonly<Record<string, string>> = {}): (path: string) => string {
  const t = useTranslations('conditions');
  return (path) => {
    const known = `facts.${path}` as Parameters<typeof t>[0];
    if (t.has(known)) return t(known as 'facts.contact.country');
    const engagement = /^steps\.([^.]+)\.(sent|delivered|opened|clicked|replied)$/.exec(path);
    if (engagement) {
      const [, id = '', name] = engagement;
      return t(`engagement.${name as 'opened'}`, { step: steps[id] ?? id });
    }
    const attribute = /^(contact|subject|product|event)\.(?:attributes|payload)\.(.+)$/.exec(path);
    if (attribute) return t(`attribute.${attribute[1] as 'contact'}`, { name: attribute[2] ?? '' });
    return path;
  };
}
