'use client';
import { Check } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { classNames } from './class-names';

const row =
  'flex min-h-11 w-full items-center gap-2.5 rounded-sm px-3 text-left text-sm hover:bg-sea-wash sm:min-h-9 [&_svg]:size-4';

interface Props {
  trigger: React.ReactNode;
  triggerClass: string;
  /** Where it opens, as classes. */
  place: string;
  /** Where several are chosen one after the other, it does not close with a press. */
  stays?: boolean;
  children: React.ReactNode;
}

/** A button that shows more buttons. It closes when one of them was pressed, with Escape, and when one goes elsewhere. */
export function Menu({ trigger, triggerClass, place, stays = false, children }: Props) {
  const [open, setOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!open) return;
    const onPress = (event: PointerEvent) => {
      if (!whole.current?.contains(event.target as Node)) setOpen(false);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.preventDefault(); // or it would close the drawer around it as well
      setOpen(false);
      opener.current?.focus();
    };
    document.addEventListener('pointerdown', onPress);
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('pointerdown', onPress);
      document.removeEventListener('keydown', onKey);
    };
  }, [open]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it listens to the buttons in it.
    <div
      ref={whole}
      className="relative"
      onBlur={({ currentTarget, relatedTarget }) => {
        if (relatedTarget && !currentTarget.contains(relatedTarget)) setOpen(false);
      }}
    >
      <button
        ref={opener}
        type="button"
        aria-expanded={open}
        className={triggerClass}
        onClick={() => setOpen(!open)}
      >
        {trigger}
      </button>
      {open && (
        // biome-ignore lint/a11y: a press on a button in it bubbles up to here.
        <div
          className={classNames(
            'absolute z-50 max-h-[70dvh] w-60 overflow-y-auto rounded-md border border-rope bg-sail p-1 text-ink shadow-lift',
            place,
          )}
          onClick={() => stays || setOpen(false)}
        >
          {children}
        </div>
      )}
    </div>
  );
}

export const MenuItem = (props: React.ComponentProps<'button'>) => (
  <button type="button" className={row} {...props} />
);

interface CheckProps {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: React.ReactNode;
}

/** One of several that are on or off. */
export const MenuCheck = ({ checked, onChange, children }: CheckProps) => (
  <MenuItem aria-pressed={checked} onClick={() => onChange(!checked)}>
    <span className="min-w-0 flex-1 truncate">{children}</span>
    {checked && <Check aria-hidden="true" />}
  </MenuItem>
);

interface ChoiceProps<T extends string> {
  title: string;
  value: T;
  options: readonly (readonly [value: T, text: string])[];
  onChoose: (value: T) => void;
}

/** One of several, with the present one ticked. */
export const MenuChoice = <T extends string>({ title, value, options, onChoose }: ChoiceProps<T>) => (
  <fieldset>
    <legend className="px-3 pt-2 pb-1 text-xs font-semibold text-ink-soft">{title}</legend>
    {options.map(([option, text]) => (
      <MenuItem key={option} aria-pressed={option === value} onClick={() => onChoose(option)}>
        <span className="min-w-0 flex-1 truncate">{text}</span>
        {option === value && <Check aria-hidden="true" />}
      </MenuItem>
    ))}
  </fieldset>
);

export const MenuLine = () => <hr className="my-1 border-rope" />;
