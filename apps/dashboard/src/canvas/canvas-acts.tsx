'use client';
import type { Step } from '@halyard/contracts/flows/definition';
import { createContext, use } from 'react';
import type { Way } from './graph';

interface Acts {
  readOnly: boolean;
  selected: string | null;
  titleOf: (id: string) => string;
  insert: (way: Way, type: Step['type']) => void;
  /** The step onto this way. */
  move: (id: string, way: Way) => void;
}

const Context = createContext<Acts | null>(null);

/** What nodes and ways of the drawing can do, which React Flow makes by itself. */
export const CanvasActs = Context;

export function useCanvasActs(): Acts {
  const acts = use(Context);
  if (!acts) throw new Error('A part of the canvas stands outside of it.');
  return acts;
}
