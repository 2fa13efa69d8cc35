'use client';
import { useTranslations } from 'next-intl';
import type { FlowSummary } from '../data/flows';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { useAct } from '../data/use-act';

export type Turn = 'pause' | 'resume' | 'archive';

const call = (id: string, turn: Turn) => {
  const params = { path: { id } };
  switch (turn) {
    case 'pause':
      return answerOf(halyard.POST('/flows/{id}/pause', { params }));
    case 'resume':
      return answerOf(halyard.POST('/flows/{id}/resume', { params }));
    case 'archive':
      return answerOf(halyard.POST('/flows/{id}/archive', { params }));
  }
};

/** Pausing, resuming, archiving; each can be taken back. */
export function useTurn(flow: Pick<FlowSummary, 'id' | 'name' | 'status'>) {
  const t = useTranslations('flows.turned');
  const { id, name, status } = flow;
  const before: Turn | null = status === 'live' ? 'resume' : status === 'paused' ? 'pause' : null;
  const back = useAct<Turn>({ do: (turn) => call(id, turn), changes: ['flow', 'flows'] });
  return useAct<Turn>({
    do: (turn) => call(id, turn),
    changes: ['flow', 'flows'],
    done: (_, turn) => ({
      text: t(turn, { name }),
      ...(before && { undo: () => void undo(turn, before) }),
    }),
  });

  /** An archived flow is live when it is resumed; one that was paused before is paused again. */
  async function undo(turn: Turn, to: Turn) {
    if (turn === 'archive' && to === 'pause') await back.mutateAsync('resume');
    await back.mutateAsync(to);
  }
}

/** What can be done with a flow as it stands. */
export const turnsOf = (status: FlowSummary['status']): readonly Turn[] => {
  switch (status) {
    case 'draft':
      return ['archive'];
    case 'live':
      return ['pause', 'archive'];
    case 'paused':
      return ['resume', 'archive'];
    case 'archived':
      return ['resume'];
  }
};
