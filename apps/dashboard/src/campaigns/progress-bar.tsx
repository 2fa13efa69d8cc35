interface Props {
  label: string;
  /** 0 to 1. */
  value: number;
  className?: string;
}

/** How far something is. */
export const ProgressBar = ({ label, value, className = 'h-2' }: Props) => (
  <div
    role="progressbar"
    aria-label={label}
    aria-valuemin={0}
    aria-valuemax={100}
    aria-valuenow={Math.round(value * 100)}
    className={`overflow-hidden rounded-full bg-sunk ${className}`}
  >
    <div className="h-full rounded-full bg-sea transition-[width]" style={{ width: `${value * 100}%` }} />
  </div>
);
