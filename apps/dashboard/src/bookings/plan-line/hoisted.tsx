'use client';
import { classNames } from '../../components/class-names';
import { Flag } from '../../design/flag';
import { Link } from '../../i18n/navigation';
import { useTimes } from '../../i18n/times';
import type { PlannedItem, Span } from './offset';
import { offsetOf } from './offset';
import { signalOf } from './signal-of';
import { useOffsetWords } from './use-offset-words';
import { usePlannedName } from './use-planned-name';

interface Props {
  item: PlannedItem;
  span: Span;
  left: number;
  /** How high it is hoisted; null where it flies low and unlabelled. */
  mast: number | null;
  labelWidth: number;
}

const lowMast = 36;
const halfDeck = 15;

/** One message on the drawing of a plan. The keyboard finds it in the list. */
export function Hoisted({ item, span, left, mast, labelWidth }: Props) {
  const times = useTimes();
  const words = useOffsetWords();
  const name = usePlannedName()(item);
  const offset = words(offsetOf(item, span));
  return (
    <Link
      href={`/message?id=${item.message_id}`}
      tabIndex={-1}
      title={`${name} · ${offset} · ${times.exact(item.planned_at)}`}
      className={classNames('group absolute hover:z-10', mast === null && 'z-1')}
      style={{ left, bottom: halfDeck, height: mast ?? lowMast }}
    >
      <span className="absolute inset-y-0 left-0 w-px bg-rope-strong group-hover:bg-sea" />
      <span className="absolute top-0 -left-[3.5px]">
        <Flag signal={signalOf(item)} className={mast === null ? 'size-4' : 'size-5'} />
      </span>
      {mast !== null && (
        <span className="absolute top-0 left-[18px] bg-sail pr-1" style={{ maxWidth: labelWidth }}>
          <span className="block truncate font-semibold group-hover:underline">{name}</span>
          <span className="block truncate text-ink-soft">{times.brief(item.planned_at)}</span>
        </span>
      )}
    </Link>
  );
}
