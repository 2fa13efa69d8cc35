'use client';
import { useTimes } from '../i18n/times';

interface Props {
  /** An instant, ISO 8601. */
  instant: string;
  as?: 'moment' | 'time' | 'day' | 'brief' | 'full' | 'relative';
  className?: string;
}

/** A time on the organization's clock; pointed at, it tells its zone. */
export function At({ instant, as = 'moment', className }: Props) {
  const times = useTimes();
  return (
    <time dateTime={instant} title={times.exact(instant)} className={className}>
      {times[as](instant)}
    </time>
  );
}
