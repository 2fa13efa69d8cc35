import type { Condition } from '@halyard/contracts/conditions';

/** The audience that asks for nothing. */
export const everybody: Condition = { all: [] };

export const isEverybody = (audience: Condition): boolean => 'all' in audience && audience.all.length === 0;
