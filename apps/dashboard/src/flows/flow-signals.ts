import type { FlowStatus } from '../data/flows';
import type { Signal } from '../design/flag';

/** What flag a flow flies. */
export const flowSignals: Record<FlowStatus, Signal> = {
  draft: 'waiting',
  live: 'good',
  paused: 'unsure',
  archived: 'lowered',
};
