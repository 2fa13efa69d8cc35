import { useId } from 'react';

interface Props {
  label: string;
  value: string;
  /** Value and what is read for it; the value '' stands for all. */
  options: readonly (readonly [value: string, text: string])[];
  onChange: (value: string) => void;
}

/** The browser's own list: right on phones and with screen readers without a line of script. */
export function Select({ label, value, options, onChange }: Props) {
  const id = useId();
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="text-xs font-semibold text-ink-soft">
        {label}
      </label>
      <select
        id={id}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        className="h-11 min-w-36 rounded-md border border-rope-strong bg-sail px-2.5 text-sm sm:h-9"
      >
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
