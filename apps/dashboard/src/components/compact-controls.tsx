import { classNames } from './class-names';

const look =
  'h-11 min-w-0 rounded-md border border-rope-strong bg-sail px-2.5 text-sm aria-invalid:border-flare sm:h-9';

/** An input in a row of several, whose sentence around it says what it is; `label` says it to screen readers. */
export const CompactInput = ({
  label,
  className,
  ...input
}: React.ComponentProps<'input'> & { label: string }) => (
  <input aria-label={label} className={classNames(look, className)} {...input} />
);

type SelectProps = Omit<React.ComponentProps<'select'>, 'onChange'> & {
  label: string;
  options: readonly (readonly [value: string, text: string])[];
  onChoose: (value: string) => void;
};

/** One of several, in a row. */
export const CompactSelect = ({ label, options, onChoose, className, ...input }: SelectProps) => (
  <select
    aria-label={label}
    className={classNames(look, className)}
    onChange={({ target }) => onChoose(target.value)}
    {...input}
  >
    {options.map(([value, text]) => (
      <option key={value} value={value}>
        {text}
      </option>
    ))}
  </select>
);

/** A small square button whose sign needs a name. */
export const SignButton = ({
  label,
  className,
  ...button
}: React.ComponentProps<'button'> & { label: string }) => (
  <button
    type="button"
    aria-label={label}
    title={label}
    className={classNames(
      'inline-flex size-11 shrink-0 items-center justify-center rounded-md text-ink-soft hover:bg-sunk hover:text-ink disabled:opacity-40 sm:size-8 [&_svg]:size-4',
      className,
    )}
    {...button}
  />
);
