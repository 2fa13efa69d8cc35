import type { Operation, Resource } from '../../operation';
import { changing } from './changing';
import { create, update } from './content';
import { lists } from './lists';

const operations: Operation[] = [create, ...changing, update, ...lists];

export const booking: Resource = { value: 'booking', name: 'Booking', operations };
