import { ArrowLeft } from 'lucide-react';
import { Link } from '../i18n/navigation';

interface Props {
  title: React.ReactNode;
  /** A line below the title. */
  text?: React.ReactNode;
  /** What can be done here, to the right. */
  children?: React.ReactNode;
  /** Where this page is reached from. */
  back?: { href: string; text: string };
}

/** What a page is called, and what can be done on it. */
export const PageHead = ({ title, text, children, back }: Props) => (
  <>
    {back && (
      <Link
        href={back.href}
        className="-ml-1 mb-2 inline-flex min-h-6 items-center gap-1.5 rounded-sm px-1 text-sm text-ink-soft hover:text-ink"
      >
        <ArrowLeft className="size-4" aria-hidden="true" />
        {back.text}
      </Link>
    )}
    <header className="mb-5 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        <h1 className="text-xl">{title}</h1>
        {text && <div className="text-ink-soft">{text}</div>}
      </div>
      {children && <div className="flex flex-wrap items-center gap-2">{children}</div>}
    </header>
  </>
);
