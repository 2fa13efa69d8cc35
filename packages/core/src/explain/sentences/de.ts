import { actors, acts } from './de/acts.js';
import { checks } from './de/checks.js';
import { comparisons, holds } from './de/conditions.js';
import { changes, flows, outcomes } from './de/flows.js';
import { attempts, decisions, permit, released, reports, sources, statuses } from './de/messages.js';
import { channels, phrases } from './de/phrases.js';
import type { Sentences } from './sentences.js';

/** Everything that explanations say, in German. */
export const de: Sentences = {
  channels,
  checks,
  released,
  decisions,
  attempts,
  reports,
  statuses,
  sources,
  permit,
  actors,
  acts,
  flows,
  comparisons,
  holds,
  changes,
  outcomes,
  phrases,
};
