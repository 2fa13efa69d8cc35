'use client';
import { useTranslations } from 'next-intl';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { useAct } from '../data/use-act';

export const moves = ['start', 'pause', 'resume', 'cancel'] as const;
export type Move = (typeof moves)[number];

/** Moves a campaign from one status to another. */
export function useCampaignAct(id: string) {
  const t = useTranslations('campaign.did');
  return useAct({
    do: (move: Move) => answerOf(halyard.POST(`/campaigns/{id}/${move}`, { params: { path: { id } } })),
    changes: ['campaign', 'campaigns', 'messages'],
    done: (_, move) => ({ text: t(move) }),
  });
}
