'use client';
import { useSearchParams } from 'next/navigation';
import type { MessageFilter } from '../data/queries';
import { usePathname, useRouter } from '../i18n/navigation';

export const filterNames = ['status', 'channel', 'class', 'source'] as const;

/** What the list is narrowed down to stands in its address: it can be sent on, and the way back finds it. */
export function useFilter(): [MessageFilter, (name: keyof MessageFilter, value: string) => void, () => void] {
  const params = useSearchParams();
  const router = useRouter();
  const path = usePathname();
  const filter: MessageFilter = { status: '', channel: '', class: '', source: '' };
  for (const name of filterNames) filter[name] = params.get(name) ?? '';
  const set = (name: keyof MessageFilter, value: string) => {
    const next = new URLSearchParams(params);
    if (value) next.set(name, value);
    else next.delete(name);
    router.replace(next.size ? `${path}?${next}` : path, { scroll: false });
  };
  return [filter, set, () => router.replace(path, { scroll: false })];
}
