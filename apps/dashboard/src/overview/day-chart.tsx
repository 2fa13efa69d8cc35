'use client';
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { FigureName } from './figures';
import type { Look } from './looks';
import { looks } from './looks';

export interface ChartDay {
  /** As it stands at the axis. */
  date: string;
  figures: Partial<Record<FigureName, number>>;
}

interface Props {
  days: readonly ChartDay[];
  names: readonly FigureName[];
  labelOf: (name: FigureName) => string;
}

const tick = { fill: 'var(--color-ink-soft)', fontSize: 12 };

/** For the eye alone: the same stands beside it in words, and below in a table. */
export default function DayChart({ days, names, labelOf }: Props) {
  return (
    <div className="h-56" aria-hidden="true">
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart
          data={[...days]}
          accessibilityLayer={false}
          margin={{ top: 8, right: 4, bottom: 0, left: 0 }}
        >
          <CartesianGrid vertical={false} stroke="var(--color-rope)" />
          <XAxis
            dataKey="date"
            tick={tick}
            tickLine={false}
            stroke="var(--color-rope-strong)"
            minTickGap={28}
          />
          <YAxis tick={tick} tickLine={false} axisLine={false} allowDecimals={false} width="auto" />
          <Tooltip
            cursor={{ fill: 'var(--color-sunk)' }}
            isAnimationActive={false}
            contentStyle={{
              background: 'var(--color-sail)',
              border: '1px solid var(--color-rope)',
              borderRadius: 'var(--radius-md)',
              fontSize: 'var(--text-sm)',
            }}
            labelStyle={{ color: 'var(--color-ink)', fontWeight: 600 }}
            itemStyle={{ color: 'var(--color-ink)' }}
          />
          {names.map((name) => mark(looks[name], name, labelOf(name)))}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
}

/** Told apart by form as well: bars, a line, a dashed one. */
function mark({ colour, dashes }: Look, name: FigureName, label: string) {
  const common = { key: name, name: label, dataKey: `figures.${name}`, isAnimationActive: false };
  return dashes === null ? (
    <Bar
      {...common}
      key={name}
      fill="var(--color-sea-wash)"
      stroke={colour}
      radius={[2, 2, 0, 0]}
      maxBarSize={18}
    />
  ) : (
    <Line
      {...common}
      key={name}
      stroke={colour}
      strokeWidth={2}
      strokeDasharray={dashes}
      dot={false}
      type="linear"
    />
  );
}
