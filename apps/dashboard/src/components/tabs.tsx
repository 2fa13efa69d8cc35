'use client';

interface Props<Name extends string> {
  label: string;
  value: Name;
  tabs: readonly (readonly [name: Name, text: React.ReactNode])[];
  onChoose: (name: Name) => void;
}

/** Parts of a page of which one is shown. Which one belongs into the address (`useAddress`). */
export const Tabs = <Name extends string>({ label, value, tabs, onChoose }: Props<Name>) => (
  <nav aria-label={label} className="mb-5 flex gap-1 overflow-x-auto border-b border-rope">
    {tabs.map(([name, text]) => (
      <button
        key={name}
        type="button"
        aria-current={name === value ? 'page' : undefined}
        onClick={() => onChoose(name)}
        className="-mb-px h-11 border-b-2 border-transparent px-3 text-sm font-semibold whitespace-nowrap text-ink-soft hover:text-ink aria-[current]:border-sea aria-[current]:text-ink sm:h-10"
      >
        {text}
      </button>
    ))}
  </nav>
);
