'use client';
import { useTranslations } from 'next-intl';
import { stepTypes } from '../flows/new-step';
import { carryStep } from './carried';

/** What can be drawn: dragged onto a way. By keyboard and on phones the + of a way offers the same. */
export function Palette() {
  const t = useTranslations();
  return (
    <div className="hidden flex-wrap items-center gap-1 border-b border-rope px-3 py-1.5 text-xs whitespace-nowrap md:flex">
      <span className="mr-1 text-ink-soft">{t('canvas.palette')}</span>
      {stepTypes.map((type) => (
        // biome-ignore lint/a11y/noStaticElementInteractions: for the mouse alone; the + of a way does the same by keyboard.
        <span
          key={type}
          draggable
          onDragStart={(event) => carryStep(event, { is: 'new', type })}
          className="inline-flex shrink-0 cursor-grab items-center gap-1 rounded-md border border-rope px-2 py-1 font-semibold hover:bg-sunk"
        >
          {t(`flow.say.kinds.${type}`)}
        </span>
      ))}
    </div>
  );
}
