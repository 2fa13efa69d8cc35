import { useId } from 'react';
import { classNames } from './class-names';

type Props = React.ComponentProps<'input'> & { label: string; hint?: string; error?: string | undefined };

/** A labelled input; its hint and its error are read out with it. */
export function Field({ label, hint, error, className, ...input }: Props) {
  const id = useId();
  const told = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className={classNames('grid gap-1.5', className)}>
      <label htmlFor={id} className="text-sm font-semibold">
        {label}
      </label>
      <input
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={told || undefined}
        className="h-11 rounded-md border border-rope-strong bg-sail px-3 text-base placeholder:text-ink-soft aria-invalid:border-flare"
        {...input}
      />
      {hint && (
        <p id={`${id}-hint`} className="text-sm text-ink-soft">
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
