import { useId } from 'react';
import { classNames } from './class-names';

interface Label {
  label: string;
  hint?: React.ReactNode;
  error?: string | undefined;
  className?: string | undefined;
  /** To the right of the label: what can be done to what is written. */
  aside?: React.ReactNode;
}

interface Size {
  /** As small as the filters of a list. */
  compact?: boolean | undefined;
}

const box =
  'w-full min-w-0 rounded-md border border-rope-strong bg-sail px-3 placeholder:text-ink-soft aria-invalid:border-flare';

/** What belongs to every input: its label, its hint and its error, which are read out with it. */
function Labelled({
  label,
  hint,
  error,
  className,
  aside,
  compact = false,
  children,
}: Label & Size & { children: (input: object) => React.ReactNode }) {
  const id = useId();
  const told = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={classNames('grid content-start', compact ? 'gap-1' : 'gap-1.5', className)}>
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <label
          htmlFor={id}
          className={compact ? 'text-xs font-semibold text-ink-soft' : 'text-sm font-semibold'}
        >
          {label}
        </label>
        {aside}
      </div>
      {children({ id, 'aria-invalid': error ? true : undefined, 'aria-describedby': told || undefined })}
      {hint && (
        <p id={`${id}-hint`} className="text-sm wrap-anywhere text-ink-soft">
          {hint}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="text-sm font-medium text-flare-ink">
          {error}
        </p>
      )}
    </div>
  );
}

export const Field = ({
  label,
  hint,
  error,
  className,
  aside,
  compact,
  ...input
}: React.ComponentProps<'input'> & Label & Size) => (
  <Labelled {...{ label, hint, error, className, aside, compact }}>
    {(given) => (
      <input
        className={classNames('h-11', compact ? 'text-sm sm:h-9' : 'text-base', box)}
        {...given}
        {...input}
      />
    )}
  </Labelled>
);

export const TextField = ({
  label,
  hint,
  error,
  className,
  aside,
  compact,
  ...input
}: React.ComponentProps<'textarea'> & Label & Size) => (
  <Labelled {...{ label, hint, error, className, aside, compact }}>
    {(given) => (
      <textarea
        rows={4}
        className={classNames('py-2', compact ? 'text-sm' : 'text-base', box)}
        {...given}
        {...input}
      />
    )}
  </Labelled>
);

type ChoiceProps = React.ComponentProps<'select'> &
  Label &
  Size & {
    /** Value and what is read for it. */
    options: readonly (readonly [value: string, text: string])[];
  };

/** One of several, in a form. For the filters of a list there is `Select`. */
export const ChoiceField = ({ label, hint, error, className, compact, options, ...input }: ChoiceProps) => (
  <Labelled {...{ label, hint, error, className, compact }}>
    {(given) => (
      <select
        className={classNames('h-11', compact ? 'text-sm sm:h-9' : 'text-base', box)}
        {...given}
        {...input}
      >
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    )}
  </Labelled>
);

/** Yes or no. The whole line can be pressed. */
export const CheckField = ({
  label,
  hint,
  className,
  ...input
}: React.ComponentProps<'input'> & { label: React.ReactNode; hint?: string }) => (
  <label className={classNames('flex min-h-11 items-start gap-3 py-2 text-sm', className)}>
    <input type="checkbox" className="mt-0.5 size-5 shrink-0 accent-sea" {...input} />
    <span>
      <span className="font-semibold">{label}</span>
      {hint && <span className="block text-ink-soft">{hint}</span>}
    </span>
  </label>
);
