import { classNames } from './class-names';

interface Props {
  title: string;
  /** To the right of the title: a link, a figure, whose time is shown. */
  aside?: React.ReactNode;
  className?: string;
  children: React.ReactNode;
}

/** A titled part of a page. */
export const Panel = ({ title, aside, className, children }: Props) => (
  <section className={classNames('rounded-lg border border-rope bg-sail', className)}>
    <header className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 border-b border-rope px-4 py-3 sm:px-5">
      <h2 className="text-base">{title}</h2>
      {aside && <div className="text-sm text-ink-soft">{aside}</div>}
    </header>
    {children}
  </section>
);
