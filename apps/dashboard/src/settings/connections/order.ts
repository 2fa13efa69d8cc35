interface Ranked {
  id: string;
  priority: number;
}

const step = 10;

/** As they are tried: the lowest priority first; equal ones stay as the API lists them. */
export const inOrder = <T extends Ranked>(connections: readonly T[]): T[] =>
  [...connections].sort((one, other) => one.priority - other.priority);

/** The priorities to change so that one moves up (-1) or down (1) by one place, with room between them. */
export function moved(connections: readonly Ranked[], id: string, by: -1 | 1): Ranked[] {
  const ordered = inOrder(connections);
  const at = ordered.findIndex((one) => one.id === id);
  const [mine, other] = [ordered[at], ordered[at + by]];
  if (!mine || !other) return [];
  ordered[at] = other;
  ordered[at + by] = mine;
  return ordered
    .map((one, place) => ({ id: one.id, priority: (place + 1) * step }))
    .filter(({ id, priority }) => connections.find((one) => one.id === id)?.priority !== priority);
}
