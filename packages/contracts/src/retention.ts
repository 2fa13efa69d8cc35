import { z } from 'zod';

/**
 * For how many days what nothing needs any more is kept, and is read only by people: then it is removed.
 * - payloads: what messages looked like when they went out.   - reports: what providers sent with their reports.
 * - webhooks: what endpoints were told, and how that went.    - sandbox: the sandbox inbox.
 * - rejected_rows: rows that imports refused.
 * - workflow_calls: what workflows were told and answered, of runs that are over.
 * - alerts: those that are over, with what happened to them.   - failures: those that did not happen since.
 */
export const retentionDays = {
  payloads: 90,
  reports: 90,
  webhooks: 30,
  sandbox: 30,
  rejected_rows: 30,
  workflow_calls: 90,
  alerts: 365,
  failures: 90,
} as const;
export type Retained = keyof typeof retentionDays;

const Part = z
  .string()
  .regex(
    new RegExp(`^(${Object.keys(retentionDays).join('|')})=\\d{1,5}$`),
    `Use name=days, with names of ${Object.keys(retentionDays).join(', ')}; 0 keeps for ever.`,
  );

/** As an environment variable gives it, `payloads=30,webhooks=0`; 0 keeps for ever, what is left out stays as above. */
export const RetentionDays = z
  .string()
  .default('')
  .transform((list) => list.split(/[\s,]+/).filter((part) => part !== ''))
  .pipe(z.array(Part))
  .transform((parts): Record<Retained, number> => {
    const given = parts.map((part) => part.split('=')).map(([name, days]) => [name, Number(days)]);
    return { ...retentionDays, ...Object.fromEntries(given) };
  });
