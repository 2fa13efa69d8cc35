'use client';
import { useEffect, useRef, useState } from 'react';
import type { Progress, SimulationRequest, SimulationResult } from '../data/simulation';
import { simulate } from '../data/simulation';

type State =
  | { is: 'idle' }
  | { is: 'running'; progress: Progress | null }
  | { is: 'done'; result: SimulationResult; request: SimulationRequest }
  | { is: 'refused'; error: unknown };

/** One simulation at a time: a new one, a press on stop and leaving the page end the one before. */
export function useSimulation() {
  const [state, setState] = useState<State>({ is: 'idle' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  async function run(request: SimulationRequest): Promise<void> {
    running.current?.abort();
    const mine = new AbortController();
    running.current = mine;
    setState({ is: 'running', progress: null });
    try {
      const result = await simulate(
        request,
        (progress) => {
          if (!mine.signal.aborted) setState({ is: 'running', progress });
        },
        mine.signal,
      );
      if (!mine.signal.aborted) setState({ is: 'done', result, request });
    } catch (error) {
      if (!mine.signal.aborted) setState({ is: 'refused', error });
    }
  }
  const stop = () => {
    running.current?.abort();
    setState({ is: 'idle' });
  };
  return { state, run, stop };
}
