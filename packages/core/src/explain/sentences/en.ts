import { actors, acts } from './en/acts.js';
import { checks } from './en/checks.js';
import { comparisons, holds } from './en/conditions.js';
import { changes, flows, outcomes } from './en/flows.js';
import { attempts, decisions, permit, released, reports, sources, statuses } from './en/messages.js';
import { channels, phrases } from './en/phrases.js';
import type { Sentences } from './sentences.js';

/** Everything that explanations say, in English. */
export const en: Sentences = {
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
