'use client';
import { useTranslations } from 'next-intl';
import { classNames } from '../../components/class-names';
import { useTimes } from '../../i18n/times';
import { Hoisted } from './hoisted';
import { lanesOf } from './lanes';
import type { PlannedItem, Span } from './offset';
import { scaleOf } from './scale';
import { useWidth } from './use-width';

interface Props {
  span: Span;
  items: readonly PlannedItem[];
  title: string;
  off: boolean;
  /** In milliseconds. */
  now: number;
}

const label = 152;
const lane = { height: 42, most: 6 };
/** Below the lowest label fly those that have none. */
const low = 34;
const deck = 30;
const edge = 14;

/**
 * The plan at a glance: the booking lies on the line like a hull, and each message is hoisted at its moment. It is for
 * eyes only: the list below it says the same, one by one.
 */
export function PlanDrawing({ span, items, title, off, now }: Props) {
  const [element, width] = useWidth();
  return (
    <div ref={element} className="hidden px-5 pt-5 pb-4 lg:block" aria-hidden="true">
      {width > 0 && <Drawn {...{ span, items, title, off, now, width }} />}
    </div>
  );
}

/** When the booking begins or ends, below that end of it. */
function Edge({ instant }: { instant: string }) {
  const times = useTimes();
  return (
    <span className="last:text-right">
      <span className="block font-semibold">{times.time(instant)}</span>
      <span className="block text-ink-soft">{times.shortDay(instant)}</span>
    </span>
  );
}

function Drawn({ span, items, title, off, now, width }: Props & { width: number }) {
  const t = useTranslations('booking.plan');
  const sorted = [...items].sort((a, b) => Date.parse(a.planned_at) - Date.parse(b.planned_at));
  const moments = sorted.map(({ planned_at }) => Date.parse(planned_at));
  const ends = { start: Date.parse(span.starts_at), end: Date.parse(span.ends_at) };
  const scale = scaleOf({ ...ends, moments: [...moments, now], share: 0.24 });
  const room = width - edge - label;
  const px = (share: number) => Math.round(edge + share * room);
  const places = moments.map((moment) => px(scale.of(moment)));
  const lanes = lanesOf(places, label, lane.most);
  const masts = lanes.map((one) => (one === null ? 0 : low + (one + 1) * lane.height));
  const height = Math.max(low + lane.height, ...masts) + deck;
  const [from, to, present] = [px(scale.band.from), px(scale.band.to), px(scale.of(now))];
  return (
    <div className="relative text-xs" style={{ height: height + 48 }}>
      <div className="absolute inset-x-0 top-0" style={{ height }}>
        <div className="absolute bottom-3.5 left-0 h-0.5 w-full bg-rope" />
        <div className="absolute bottom-3.5 left-0 h-0.5 bg-rope-strong" style={{ width: present }} />
        <div
          className="absolute top-0 bottom-0 border-l border-dashed border-ink"
          style={{ left: present }}
        />
        {sorted.map((item, at) => (
          <Hoisted
            key={item.message_id}
            {...{ item, span }}
            left={places[at] ?? 0}
            mast={masts[at] || null}
            labelWidth={label - 22}
          />
        ))}
        <div
          className={classNames(
            'absolute bottom-0 truncate rounded-md px-2.5 text-center text-sm leading-[30px] font-semibold',
            off ? 'border border-dashed border-rope-strong bg-sail text-ink-soft' : 'bg-sea text-on-sea',
          )}
          style={{ left: from, width: to - from, height: deck }}
        >
          {title}
        </div>
      </div>
      <div className="absolute inset-x-0" style={{ top: height }}>
        {scale.marks.map(({ name, side, at }) => (
          <span key={`${side} ${name}`} className="absolute -top-3.5" style={{ left: px(at) }}>
            <span className="absolute -top-1 h-2 w-px bg-rope-strong" />
            <span className="absolute top-2.5 -translate-x-1/2 whitespace-nowrap text-ink-soft">
              {t(`marks.${name}`)}
            </span>
          </span>
        ))}
        <span className="absolute top-1.5 flex justify-between" style={{ left: from, width: to - from }}>
          <Edge instant={span.starts_at} />
          <Edge instant={span.ends_at} />
        </span>
        <span
          className="absolute top-7 -translate-x-1/2 rounded-sm bg-ink px-1.5 font-semibold whitespace-nowrap text-sail"
          style={{ left: Math.max(present, 24) }}
        >
          {t('now')}
        </span>
      </div>
    </div>
  );
}
