'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTell } from '../components/told';

interface Act<Given, Result> {
  do: (given: Given) => Promise<Result>;
  /** The first elements of the query keys that it changes. */
  changes: readonly string[];
  /** What is told when it is done; null where the page itself shows it. */
  done?: (result: Result, given: Given) => { text: string; undo?: () => void } | null;
  /** Where the error is shown in place, such as in a form. */
  tellsErrors?: boolean;
}

/** Something that a person does: what it did is told, and what it changed is read again. */
export function useAct<Given = void, Result = unknown>(act: Act<Given, Result>) {
  const queries = useQueryClient();
  const tell = useTell();
  return useMutation({
    mutationFn: act.do,
    onSuccess: (result, given) => {
      const telling = act.done?.(result, given);
      if (telling) tell(telling);
    },
    onError: (error) => {
      if (!act.tellsErrors) tell({ error });
    },
    onSettled: () =>
      Promise.all(act.changes.map((key) => queries.invalidateQueries({ queryKey: [key] }))).then(() => {}),
  });
}
