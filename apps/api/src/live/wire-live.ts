import { LiveChanges } from '@halyard/core/live/live-changes';
import { PgMarkStore } from '@halyard/postgres/live/read-marks';
import { bind } from '../bind.js';
import type { Platform } from '../platform.js';
import { LiveController } from './live.controller.js';
import { LiveStreams } from './live-streams.js';

/** Tells browsers what changed. `onForget`: calls when sessions, keys or roles have. */
export function wireLive({ app, log }: Platform, onForget: (listener: () => void) => void) {
  const changes = new LiveChanges(new PgMarkStore(app), (orgId, error) =>
    log.warn({ err: error, org_id: orgId }, 'could not look for changes; they are looked for again'),
  );
  return { controllers: [LiveController], providers: [bind(new LiveStreams(changes, onForget))] };
}
