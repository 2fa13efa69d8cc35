import type { Step } from '@halyard/contracts/flows/definition';
import { stepTypes } from '../flows/new-step';

/** What is dragged onto a way: a new step of a kind, or one that is there already. */
export type Carried = { is: 'new'; type: Step['type'] } | { is: 'step'; id: string };

const kind = 'application/x-halyard-step';

export function carryStep(event: React.DragEvent, carried: Carried): void {
  event.dataTransfer.setData(kind, JSON.stringify(carried));
  event.dataTransfer.effectAllowed = 'move';
}

/** While something is dragged only its kind can be known. */
export const isCarrying = (event: React.DragEvent): boolean => event.dataTransfer.types.includes(kind);

export function carriedBy(event: React.DragEvent): Carried | null {
  try {
    const carried: Carried = JSON.parse(event.dataTransfer.getData(kind));
    return carried.is === 'new' && !stepTypes.includes(carried.type) ? null : carried;
  } catch {
    return null;
  }
}
