import type { EntityType } from '@halyard/core/events/entities';

/** Where each kind of entity is kept, with its `status` and `revision`. */
export const entityTables: readonly (readonly [type: EntityType, table: 'bookings' | 'enrollments'])[] = [
  ['booking', 'bookings'],
  ['enrollment', 'enrollments'],
];
