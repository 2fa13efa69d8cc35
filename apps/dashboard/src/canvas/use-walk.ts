'use client';
import type { Way } from './graph';
import { endNode, triggerNode } from './layout';

interface Acts {
  onRemove: ((id: string) => void) | null;
  onOpen: (id: string) => void;
}

/** Keys on a node: arrows walk along the ways, Enter opens it, Delete takes it out. */
export function useWalk(ways: readonly Way[], { onRemove, onOpen }: Acts) {
  return (event: React.KeyboardEvent<HTMLElement>) => {
    const node = event.target as HTMLElement;
    const id = node.classList.contains('react-flow__node') ? node.dataset.id : undefined;
    if (!id) return;
    if (event.key === 'Enter' || event.key === ' ') onOpen(id);
    else if ((event.key === 'Delete' || event.key === 'Backspace') && id !== triggerNode) onRemove?.(id);
    else {
      const next = stepBeside(ways, id, event.key);
      if (next === null) return;
      event.currentTarget.querySelector<HTMLElement>(`.react-flow__node[data-id="${next}"]`)?.focus();
    }
    event.preventDefault();
  };
}

const idOf = (step: string | null, none: string): string => step ?? none;

/** Down: where the first way leads. Up: where one comes from. Left and right: what else is led to from there. */
function stepBeside(ways: readonly Way[], id: string, key: string): string | null {
  const into = ways.find(({ to }) => idOf(to, endNode) === id);
  const beside = into ? ways.filter(({ from }) => from === into.from).map(({ to }) => idOf(to, endNode)) : [];
  const at = beside.indexOf(id);
  switch (key) {
    case 'ArrowDown':
      return idOf(ways.find(({ from }) => idOf(from, triggerNode) === id)?.to ?? null, endNode);
    case 'ArrowUp':
      return into ? idOf(into.from, triggerNode) : null;
    case 'ArrowLeft':
      return beside[at - 1] ?? null;
    case 'ArrowRight':
      return beside[at + 1] ?? null;
    default:
      return null;
  }
}
