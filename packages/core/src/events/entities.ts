import type { Subject } from './event.js';

/**
 * The kinds of subject that Halyard keeps itself. What is planned about one carries the revision that it was planned from,
 * delivery waits until every event of it is decided, and it can be cancelled, with what was planned about it.
 */
const entities = ['booking', 'enrollment'] as const;
export type EntityType = (typeof entities)[number];
export type EntityRef = Subject & { type: EntityType };

export const isEntity = (subject: Subject | null | undefined): subject is EntityRef =>
  entities.some((type) => type === subject?.type);

/** Events of an entity itself: `booking.*`, `enrollment.*`. */
export const isOfEntity = (type: string): boolean => entities.some((entity) => type.startsWith(`${entity}.`));

/** The events that say that an entity was cancelled. */
export const cancellations: readonly string[] = entities.map((entity) => `${entity}.cancelled`);

/** The beginnings of event types of entities, as patterns for SQL. */
export const entityPatterns: readonly string[] = entities.map((entity) => `${entity}.%`);
