import type { CampaignStatus } from '@halyard/contracts/campaigns/campaign';

/**
 *     draft ──► scheduled ◄──► running ──► completed
 *       └───────────┼─────────────┘
 *                   ▼▲ pause, resume
 *                 paused        scheduled, running, paused ──► cancelled
 *
 * A start makes an occurrence. While any is open the campaign is running; afterwards it is scheduled when it will start
 * again, else completed.
 */

/** What a person asks of a campaign. */
export type Move = 'start' | 'schedule' | 'pause' | 'resume' | 'cancel' | 'update' | 'remove';

const from: Record<Move, readonly CampaignStatus[]> = {
  start: ['draft', 'scheduled'],
  schedule: ['draft', 'scheduled'],
  pause: ['scheduled', 'running'],
  resume: ['paused'],
  cancel: ['scheduled', 'running', 'paused'],
  update: ['draft', 'scheduled'],
  remove: ['draft'],
};

/** Why a campaign of this status cannot be asked that; null when it can. */
export function refusalOf(move: Move, status: CampaignStatus): string | null {
  if (from[move].includes(status)) return null;
  const allowed = from[move].join(' or ');
  return `This campaign is ${status}; only one that is ${allowed} takes this. Write a new one to send something else.`;
}

/** Where a campaign stands when none of what was asked holds it: running while an occurrence is open. */
export function settledStatus(open: boolean, nextStartAt: Date | null): CampaignStatus {
  if (open) return 'running';
  return nextStartAt ? 'scheduled' : 'completed';
}
