import type { FigureName } from './figures';

/** How a figure is drawn. `dashes`: of a line, '' for a whole one; null for bars, pale so that lines are seen before them. */
export interface Look {
  colour: string;
  dashes: string | null;
}

export const looks: Record<FigureName, Look> = {
  sent: { colour: 'var(--color-sea)', dashes: null },
  delivered: { colour: 'var(--color-kelp)', dashes: '' },
  undelivered: { colour: 'var(--color-flare)', dashes: '5 3' },
  skipped: { colour: 'var(--color-rope-strong)', dashes: '2 3' },
  opened: { colour: 'var(--color-sea)', dashes: null },
  clicked: { colour: 'var(--color-kelp)', dashes: '' },
  unsubscribed: { colour: 'var(--color-flare)', dashes: '5 3' },
};
