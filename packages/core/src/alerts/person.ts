import type { Alert } from '@halyard/contracts/alerts/alert';

/** What a person does with an alert. */
export type PersonAct =
  | { kind: 'acknowledge'; note: string | null }
  | { kind: 'silence'; note: string | null; until: Date }
  | { kind: 'resolve'; note: string | null };

/** Why an alert cannot be acted on so; null when it can. */
export function refusalOf(act: PersonAct, status: Alert['status'], now: Date): string | null {
  if (status === 'resolved') return 'This alert is over: there is nothing left to do about it.';
  if (act.kind === 'acknowledge' && status === 'acknowledged')
    return 'Somebody has acknowledged this alert already.';
  if (act.kind === 'silence' && act.until <= now) return 'Silence it until a time that is yet to come.';
  return null;
}

/** How it stands afterwards. */
export const statusAfter = (act: PersonAct): Alert['status'] =>
  (({ acknowledge: 'acknowledged', silence: 'silenced', resolve: 'resolved' }) as const)[act.kind];
