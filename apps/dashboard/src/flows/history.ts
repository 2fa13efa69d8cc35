/** What was, what is, and what was taken back. */
export interface History<T> {
  past: readonly T[];
  present: T;
  future: readonly T[];
  /** What the last change was made to: typing in one field is one step back, not one for each letter. */
  field: string | null;
}

/** As many steps back as nobody counts. */
const remembered = 200;

export const historyOf = <T>(present: T): History<T> => ({ past: [], present, future: [], field: null });

/** A change of the same named field as the last one joins it. */
export function changed<T>(history: History<T>, present: T, field: string | null = null): History<T> {
  if (present === history.present) return history;
  const joins = field !== null && field === history.field;
  const past = joins ? history.past : [...history.past, history.present].slice(-remembered);
  return { past, present, future: [], field };
}

export function undone<T>(history: History<T>): History<T> {
  const present = history.past.at(-1);
  if (present === undefined) return history;
  const future = [history.present, ...history.future];
  return { past: history.past.slice(0, -1), present, future, field: null };
}

export function redone<T>(history: History<T>): History<T> {
  const [present, ...future] = history.future;
  if (present === undefined) return history;
  return { past: [...history.past, history.present], present, future, field: null };
}
