'use client';
import { Menu as Base } from '@base-ui/react/menu';
import { Check } from 'lucide-react';

const row =
  'flex min-h-11 w-full items-center gap-2.5 rounded-sm px-3 text-sm outline-none select-none data-highlighted:bg-sea-wash sm:min-h-9 [&_svg]:size-4';

interface Props {
  /** Named for screen readers where its content does not name it. */
  label?: string;
  trigger: React.ReactNode;
  triggerClass?: string;
  children: React.ReactNode;
}

/** A button that opens a list of things to do or to choose from. */
export const Menu = ({ label, trigger, triggerClass, children }: Props) => (
  <Base.Root modal={false}>
    <Base.Trigger aria-label={label} className={triggerClass}>
      {trigger}
    </Base.Trigger>
    <Base.Portal>
      <Base.Positioner sideOffset={6} collisionPadding={8} className="z-50 outline-none">
        <Base.Popup className="min-w-56 rounded-md border border-rope bg-sail p-1 text-ink shadow-lift outline-none">
          {children}
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  </Base.Root>
);

export const MenuItem = (props: Base.Item.Props) => <Base.Item className={row} {...props} />;

interface ChoiceProps<T extends string> {
  title: string;
  value: T;
  options: readonly (readonly [value: T, text: string])[];
  onChoose: (value: T) => void;
}

/** One of several, with the present one ticked. */
export const MenuChoice = <T extends string>({ title, value, options, onChoose }: ChoiceProps<T>) => (
  <Base.RadioGroup value={value} onValueChange={onChoose}>
    <p className="px-3 pt-2 pb-1 text-xs font-semibold text-ink-soft" aria-hidden="true">
      {title}
    </p>
    {options.map(([option, text]) => (
      <Base.RadioItem key={option} value={option} closeOnClick className={row}>
        <span className="flex-1">{text}</span>
        <Base.RadioItemIndicator>
          <Check />
        </Base.RadioItemIndicator>
      </Base.RadioItem>
    ))}
  </Base.RadioGroup>
);

export const MenuLine = () => <Base.Separator className="my-1 h-px bg-rope" />;
