import type { Message } from '../../data/queries';
import type { Signal } from '../../design/flag';
import { signals } from '../../messages/signals';
import type { PlannedItem } from './offset';

/** The API names the status of a planned message as that of any other. */
export const statusOf = ({ status }: PlannedItem): Message['status'] => status as Message['status'];

export const signalOf = (item: PlannedItem): Signal => signals[statusOf(item)];
