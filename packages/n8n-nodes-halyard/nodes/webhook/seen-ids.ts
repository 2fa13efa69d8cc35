/** How many ids a trigger remembers; Halyard tries a webhook again for a day at most. */
export const mostSeen = 500;

/** Ids that this process saw: executions that run at the same time each have a copy of the static data of their own. */
const inProcess = new Map<string, string[]>();

/**
 * Notes the id of a webhook; false: it was there before. `stored` is kept with the workflow, by n8n, once the request was
 * answered, and survives a restart.
 */
export function isNew(trigger: string, stored: { seen?: string[] }, id: string): boolean {
  const here = inProcess.get(trigger) ?? [];
  const known = stored.seen ?? [];
  if (here.includes(id) || known.includes(id)) return false;
  inProcess.set(trigger, newest([...here, id]));
  stored.seen = newest([...new Set([...known, ...here, id])]);
  return true;
}

/** Takes an id back whose workflow could not be started: Halyard tries it again. */
export function forget(trigger: string, id: string): void {
  const here = inProcess.get(trigger) ?? [];
  inProcess.set(
    trigger,
    here.filter((one) => one !== id),
  );
}

const newest = (ids: string[]): string[] => ids.slice(-mostSeen);
