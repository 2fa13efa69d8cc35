'use client';
import { useSearchParams } from 'next/navigation';
import { usePathname, useRouter } from './navigation';

/**
 * What a page shows stands in its address: it can be sent on, and the way back finds it. Values are '' where nothing
 * is given; `set` with '' takes a name out, and leaves the others as they are.
 */
export function useAddress<const Name extends string>(names: readonly Name[]) {
  const params = useSearchParams();
  const router = useRouter();
  const path = usePathname();
  const values = Object.fromEntries(names.map((name) => [name, params.get(name) ?? ''])) as Record<
    Name,
    string
  >;
  const go = (next: URLSearchParams) =>
    router.replace(next.size ? `${path}?${next}` : path, { scroll: false });
  return {
    values,
    narrowed: names.some((name) => values[name] !== ''),
    set: (changes: Partial<Record<Name, string>>) => {
      const next = new URLSearchParams(params);
      for (const [name, value] of Object.entries<string | undefined>(changes))
        if (value) next.set(name, value);
        else next.delete(name);
      go(next);
    },
    clear: () => {
      const next = new URLSearchParams(params);
      for (const name of names) next.delete(name);
      go(next);
    },
  };
}
