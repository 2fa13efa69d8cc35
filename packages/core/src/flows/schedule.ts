import { Cron } from 'croner';

/** Whether this is a cron expression of five fields (minute, hour, day of month, month, weekday). */
export function isCron(expression: string): boolean {
  if (expression.trim().split(/\s+/).length !== 5) return false;
  try {
    new Cron(expression, { paused: true });
    return true;
  } catch {
    return false;
  }
}

/**
 * The first time of a cron expression after this instant, on the clocks of the zone; null if there never is one. A local
 * time that clocks skip is run at the moment of the change.
 */
export const nextTick = (expression: string, zone: string, after: Date): Date | null =>
  new Cron(expression, { paused: true, timezone: zone }).nextRun(after);
