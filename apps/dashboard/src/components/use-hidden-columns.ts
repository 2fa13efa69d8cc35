'use client';
import { useMemo, useState } from 'react';

/** Which columns are shown: what the person chose in this browser, else what the columns say. */
export function useHiddenColumns(
  name: string | undefined,
  columns: readonly { id: string; hidden?: boolean }[],
): [shown: Record<string, boolean>, hide: (id: string, hidden: boolean) => void] {
  const key = `halyard.columns.${name}`;
  const [chosen, setChosen] = useState<Record<string, boolean>>(() => (name ? kept(key) : {}));
  const shown = useMemo(
    () => Object.fromEntries(columns.map(({ id, hidden }) => [id, chosen[id] ?? !hidden])),
    [columns, chosen],
  );
  const hide = (id: string, hidden: boolean) => {
    const next = { ...chosen, [id]: !hidden };
    setChosen(next);
    localStorage.setItem(key, JSON.stringify(next));
  };
  return [shown, hide];
}

function kept(key: string): Record<string, boolean> {
  if (typeof localStorage === 'undefined') return {};
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}');
  } catch {
    return {};
  }
}
