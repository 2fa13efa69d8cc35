/** The mark: two halyards, and the pennant that they hoist makes them an H. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" className={className} aria-hidden="true" fill="none">
      <path d="M5 2v20M19 2v20" stroke="currentColor" strokeWidth="3" strokeLinecap="round" />
      <path d="M6.5 7.2 17.6 12 6.5 16.8z" className="fill-flare" />
    </svg>
  );
}

export function NameMark({ className = '' }: { className?: string }) {
  return (
    <span
      className={`inline-flex items-center gap-2.5 font-display text-lg font-bold tracking-tight ${className}`}
    >
      <Mark className="size-6" />
      Halyard
    </span>
  );
}
