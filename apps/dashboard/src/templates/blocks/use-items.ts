'use client';
import { useState } from 'react';

/** Something in a list, with a name that stays its own while the list changes around it. */
export interface Item<T> {
  id: string;
  value: T;
}

/** A list whose things can be changed, moved and taken out, each keeping its place on the page and the cursor in it. */
export function useItems<T extends object>(values: readonly T[], onChange: (values: T[]) => void) {
  const [items, setItems] = useState<readonly Item<T>[]>(() => values.map(asItem));
  const isSame = items.length === values.length && items.every(({ value }, at) => value === values[at]);
  const shown = isSame ? items : values.map(asItem);
  if (!isSame) setItems(shown); // changed from elsewhere: rolled back, or written as source
  const put = (next: readonly Item<T>[]) => {
    setItems(next);
    onChange(next.map(({ value }) => value));
  };
  return {
    items: shown,
    change: (id: string, value: T) => put(shown.map((item) => (item.id === id ? { id, value } : item))),
    remove: (id: string) => put(shown.filter((item) => item.id !== id)),
    add: (value: T) => put([...shown, asItem(value)]),
    move: (id: string, to: number) => put(moved(shown, id, to)),
  };
}

const asItem = <T>(value: T): Item<T> => ({ id: crypto.randomUUID(), value });

/** The one of this id at the place `to`; what is out of range leaves the list as it is. */
export function moved<T extends { id: string }>(items: readonly T[], id: string, to: number): readonly T[] {
  const item = items.find((one) => one.id === id);
  if (!item || to < 0 || to >= items.length) return items;
  const others = items.filter((one) => one.id !== id);
  return [...others.slice(0, to), item, ...others.slice(to)];
}
