import { sql } from 'kysely';

/** Why a message was set aside, in its reason and its last error. */
export const notDecided = 'not_decided';

/** How often the release of a message failed or ended the process, one try after the other. */
export const setAsides = sql<number>`
  case when messages.last_error->>'code' = ${sql.lit(notDecided)} then (messages.last_error->>'tries')::int else 0 end`;
