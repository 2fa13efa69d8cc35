'use client';
import { Search } from 'lucide-react';
import { useId } from 'react';
import { useTyped } from './use-typed';

interface Props {
  label: string;
  hint: string;
  value: string;
  onSearch: (text: string) => void;
}

/** Searches while one types. */
export function SearchField({ label, hint, value, onSearch }: Props) {
  const id = useId();
  const [typed, setTyped] = useTyped(value, onSearch);
  return (
    <div className="col-span-2 grid min-w-0 gap-1 sm:min-w-64 sm:flex-1">
      <label htmlFor={id} className="text-xs font-semibold text-ink-soft">
        {label}
      </label>
      <div className="relative">
        <Search
          className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-ink-soft"
          aria-hidden="true"
        />
        <input
          id={id}
          type="search"
          value={typed}
          placeholder={hint}
          onChange={(event) => setTyped(event.target.value)}
          className="h-11 w-full rounded-md border border-rope-strong bg-sail pr-3 pl-8.5 text-sm placeholder:text-ink-soft sm:h-9"
        />
      </div>
    </div>
  );
}
