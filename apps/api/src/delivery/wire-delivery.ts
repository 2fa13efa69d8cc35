import { ClaimLoop } from '@halyard/core/claim-loop';
import type { ConnectionOpener } from '@halyard/core/connections/open-connection';
import { Deliver, deliverBatch, deliverRounds } from '@halyard/core/delivery/deliver';
import { Dispatcher } from '@halyard/core/delivery/dispatcher';
import type { FindProvider } from '@halyard/core/delivery/provider';
import { Recover } from '@halyard/core/delivery/recover';
import type { Renderer } from '@halyard/core/delivery/renderer';
import { randomIds } from '@halyard/core/ids';
import { PgDeliveryStore } from '@halyard/postgres/delivery/delivery-store';
import type { Platform } from '../platform.js';

export interface DeliveryParts {
  renderer: Renderer;
  findProvider: FindProvider;
  opener: ConnectionOpener;
}

/**
 * The loops that send: one for transactional messages and one for all others, each with calls of its own under way, so
 * that no blast takes the room of a confirmation; and one that takes over from workers that died.
 */
export function wireDelivery(platform: Platform, parts: DeliveryParts): ClaimLoop[] {
  const { worker, clock, wakeups, report, name: owner } = platform;
  if (!worker) return [];
  const { findProvider, renderer, opener } = parts;
  const store = new PgDeliveryStore(worker);
  const lane = (name: string, number: 0 | 1, restMs?: number): ClaimLoop => {
    const freed = () => deliver.isHeld && loop.wake();
    const dispatcher = new Dispatcher(store, findProvider, clock, { ...platform, freed });
    const open = opener.open.bind(opener);
    const deliver = new Deliver(store, dispatcher, {
      renderer,
      findProvider,
      open,
      clock,
      newId: randomIds,
      owner,
      watch: platform,
    });
    const loop = new ClaimLoop({
      name,
      kind: 'messages',
      work: (limit) => deliver.round(number, limit),
      settle: () => deliver.drain(),
      batch: deliverBatch,
      rounds: deliverRounds,
      restMs,
      wakeups,
      clock,
      report,
    });
    return loop;
  };
  const recover = new Recover(store, findProvider, clock, platform);
  return [
    lane('deliver transactional', 0),
    lane('deliver', 1, 20), // what is woken for a transactional message leaves the way to that one
    new ClaimLoop({
      name: 'take over sends',
      kind: 'messages',
      work: (limit) => recover.round(limit),
      wakeups,
      clock,
      report,
      restMs: 1_000, // each message that is due wakes it, and few are left by the dead
      idleMs: 5_000,
    }),
  ];
}
