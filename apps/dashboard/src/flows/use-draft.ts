'use client';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { EditedFlow } from '../data/flows';
import { editedFlowQuery } from '../data/flows';
import { halyard } from '../data/halyard';
import { answerOf, isRefused } from '../data/problem';
import { changed, historyOf, redone, undone } from './history';
import { forgetDraft, keepDraft, keptDraft } from './kept-draft';
import { same } from './same';

/** saved: as on the server; waiting, saving: soon; refused: the server does not take it; conflict: somebody changed it too. */
export type DraftState = 'saved' | 'waiting' | 'saving' | 'refused' | 'conflict';

/** The definition as it is edited: one for the form, the canvas and the simulation. */
export interface Draft {
  definition: FlowDefinition;
  /** `field`: edits of the same field one after the other are taken back as one. */
  change: (next: FlowDefinition, field?: string) => void;
  undo: () => void;
  redo: () => void;
  canUndo: boolean;
  canRedo: boolean;
  state: DraftState;
  /** Why the server did not take it. */
  error: unknown;
  /** Saves now what was not saved yet. */
  save: () => Promise<void>;
  /** After a conflict: the one on the server, with one's own a step back; or one's own over it. */
  takeTheirs: () => Promise<void>;
  keepMine: () => Promise<void>;
}

/** So long after the last edit it is saved. */
const pause = 900;

/** Editing starts from the draft, else from what is live. `editable`: false for who may not. */
export function useDraft(edited: EditedFlow, editable: boolean): Draft {
  const { flow } = edited;
  const { id } = flow;
  const published = edited.published?.definition ?? null;
  const queries = useQueryClient();
  const onServer = definitionOf(edited);
  const [history, setHistory] = useState(() => {
    const kept = editable ? keptDraft(id) : null;
    return kept && !same(kept, onServer) ? changed(historyOf(onServer), kept) : historyOf(onServer);
  });
  const [saved, setSaved] = useState({ definition: onServer, at: flow.updated_at });
  const definition = history.present;
  const unsaved = !same(definition, saved.definition);

  const { mutateAsync, isPending, error, reset } = useMutation({
    mutationFn: (given: FlowDefinition) =>
      answerOf(
        halyard.PATCH('/flows/{id}', {
          params: { path: { id } },
          // What is live already needs no draft.
          body: { definition: same(given, published) ? null : given, if_updated_at: saved.at },
        }),
      ),
    onSuccess: (answer, given) => {
      setSaved({ definition: given, at: answer.updated_at });
      queries.setQueryData(editedFlowQuery(id).queryKey, { ...edited, flow: answer });
      void queries.invalidateQueries({ queryKey: ['flows'] });
      void queries.invalidateQueries({ queryKey: ['flow', id, 'diff'] });
    },
  });
  const conflict = isRefused(error, 'conflict');

  const change = useCallback(
    (next: FlowDefinition, field?: string) => {
      reset();
      setHistory((before) => changed(before, next, field ?? null));
    },
    [reset],
  );

  // Somebody else saved, published or paused it: with nothing unsaved here, theirs is what is edited from now on.
  useEffect(() => {
    if (flow.updated_at === saved.at || isPending) return;
    if (!same(onServer, saved.definition)) {
      if (unsaved) return;
      setHistory((before) => changed(before, onServer));
    }
    setSaved({ definition: onServer, at: flow.updated_at });
  }, [flow.updated_at, onServer, saved, unsaved, isPending]);

  useEffect(() => {
    if (unsaved) keepDraft(id, definition);
    else forgetDraft(id);
    if (!editable || !unsaved || isPending || error) return;
    const timer = setTimeout(() => void mutateAsync(definition).catch(() => {}), pause);
    return () => clearTimeout(timer);
  }, [id, definition, unsaved, editable, isPending, error, mutateAsync]);

  // Who goes to another page before the pause is over has saved all the same.
  const leaving = useRef(() => {});
  leaving.current = () => {
    if (editable && unsaved && !isPending && !error) void mutateAsync(definition).catch(() => {});
  };
  useEffect(() => () => leaving.current(), []);

  const reread = async () => {
    const theirs = await queries.fetchQuery({ ...editedFlowQuery(id), staleTime: 0 });
    const now = definitionOf(theirs);
    setSaved({ definition: now, at: theirs.flow.updated_at });
    reset();
    return now;
  };
  return {
    definition,
    change,
    undo: () => {
      reset();
      setHistory(undone);
    },
    redo: () => {
      reset();
      setHistory(redone);
    },
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    state: conflict ? 'conflict' : error ? 'refused' : isPending ? 'saving' : unsaved ? 'waiting' : 'saved',
    error,
    save: async () => {
      if (unsaved) await mutateAsync(definition);
    },
    takeTheirs: async () => {
      const theirs = await reread();
      setHistory((before) => changed(before, theirs));
    },
    keepMine: async () => {
      await reread();
    },
  };
}

/** What is edited of a flow: a flow without a draft was published. */
function definitionOf({ flow, published }: EditedFlow): FlowDefinition {
  const definition = flow.draft ?? published?.definition;
  if (!definition) throw new Error(`Flow ${flow.id} has neither a draft nor a version.`);
  return definition;
}
