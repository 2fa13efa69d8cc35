/** How a message stands, as its flag shows it: told apart by shape first, then by colour. */
export type Signal = 'waiting' | 'good' | 'bad' | 'unsure' | 'lowered';

const colours: Record<Signal, string> = {
  waiting: 'text-sea',
  good: 'text-kelp',
  bad: 'text-flare',
  unsure: 'text-brass-ink',
  lowered: 'text-rope-strong',
};

const shapes: Record<Signal, React.ReactNode> = {
  waiting: <path d="M4.5 2.5 13 6l-8.5 3.5z" strokeLinejoin="round" />,
  good: <path d="M4.5 2.5 13 6l-8.5 3.5z" fill="currentColor" strokeLinejoin="round" />,
  bad: <path d="M4.5 2.5H13L10.5 6 13 9.5H4.5z" fill="currentColor" strokeLinejoin="round" />,
  unsure: (
    <>
      <path d="M4.5 2.5h8v7h-8z" strokeLinejoin="round" />
      <path d="m4.5 9.5 8-7v7z" fill="currentColor" stroke="none" />
    </>
  ),
  lowered: <path d="M4.5 8.5 13 11l-8.5 3" strokeDasharray="2 1.5" />,
};

export function Flag({ signal, className = 'size-4' }: { signal: Signal; className?: string }) {
  return (
    <svg
      viewBox="0 0 16 16"
      className={`${className} shrink-0 ${colours[signal]}`}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      aria-hidden="true"
    >
      <path d="M3 1.5v13" strokeLinecap="round" />
      {shapes[signal]}
    </svg>
  );
}
