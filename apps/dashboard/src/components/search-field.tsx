'use client';
import { Search } from 'lucide-react';
import { useEffect, useId, useState } from 'react';

interface Props {
  label: string;
  placeholder?: string;
  value: string;
  /** Told when nothing was typed for a moment, and at once with Enter. */
  onSearch: (text: string) => void;
}

const pause = 300;

/** What a list is searched for. */
export function SearchField({ label, placeholder, value, onSearch }: Props) {
  const id = useId();
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    if (value !== typed.trim()) setTyped(value); // or a space would go while the next word is thought of
  }
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => onSearch(typed.trim()), pause);
    return () => clearTimeout(timer);
  }, [typed, value, onSearch]);
  return (
    <form
      className="grid min-w-0 gap-1"
      onSubmit={(event) => {
        event.preventDefault();
        onSearch(typed.trim());
      }}
    >
      <label htmlFor={id} className="text-xs font-semibold text-ink-soft">
        {label}
      </label>
      <span className="relative">
        <Search
          className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-soft"
          aria-hidden="true"
        />
        <input
          id={id}
          type="search"
          autoComplete="off"
          placeholder={placeholder}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="h-11 w-full min-w-36 rounded-md border border-rope-strong bg-sail pr-2.5 pl-8 text-sm placeholder:text-ink-soft sm:h-9"
        />
      </span>
    </form>
  );
}
