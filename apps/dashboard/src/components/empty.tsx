import type { Signal } from '../design/flag';
import { Flag } from '../design/flag';

interface Props {
  signal?: Signal;
  title: string;
  /** What to do next. */
  children?: React.ReactNode;
}

/** An empty list, which says what would fill it. */
export const Empty = ({ signal = 'lowered', title, children }: Props) => (
  <div className="grid justify-items-center gap-2 px-6 py-10 text-center">
    <Flag signal={signal} className="size-9" />
    <p className="font-semibold">{title}</p>
    {children && <div className="max-w-prose text-sm text-ink-soft">{children}</div>}
  </div>
);
