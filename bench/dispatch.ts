/** Sends everything that is due by the real release path; tells the parent how long it took and what it needed. */
import { SmtpProvider } from '@halyard/channels/email/smtp';
import { ClaimLoop } from '@halyard/core/claim-loop';
import { systemClock } from '@halyard/core/clock';
import { Deliver, deliverBatch, deliverRounds } from '@halyard/core/delivery/deliver';
import { Dispatcher } from '@halyard/core/delivery/dispatcher';
import { randomIds } from '@halyard/core/ids';
import { TemplateRenderer } from '@halyard/core/templates/render';
import { LinkTokens } from '@halyard/core/tracking/link-tokens';
import { Database } from '@halyard/postgres/database';
import { PgDeliveryStore } from '@halyard/postgres/delivery/delivery-store';
import { SinkProvider } from './sink-provider.ts';

const [url = '', port = '', total = '', by = 'sink'] = process.argv.slice(2);
const provider = by === 'smtp' ? new SmtpProvider({ allowPrivate: true }) : new SinkProvider(Number(port));
const findProvider = (name: string) => (name === provider.name ? provider : undefined);
const database = await Database.open(url, 'halyard_worker');
const store = new PgDeliveryStore(database);
const wakeups = { poke: () => {}, listen: () => () => {} };
const report = {
  loopFailed: (name: string, error: unknown) => {
    console.error(name, error);
    process.exit(1); // it would be tried again for ever
  },
};

let sent = 0;
const finished = Promise.withResolvers<void>();
const metrics = {
  count(name: string, labels: Record<string, string>, n = 1) {
    if (name !== 'messages_total' || labels.status !== 'sent') return;
    sent += n;
    if (sent === Number(total)) finished.resolve();
  },
  time() {},
};

const dispatcher = new Dispatcher(store, findProvider, systemClock, {
  metrics,
  report,
  wakeups,
  freed: () => loop.wake(),
});
const deliver = new Deliver(store, dispatcher, {
  renderer: new TemplateRenderer(new LinkTokens('bench'.repeat(8), 'https://bench.example')),
  findProvider,
  open: (connection) => ({ kind: 'open', connection: { ...connection, secrets: {} } }),
  clock: systemClock,
  newId: randomIds,
  owner: 'bench',
});
const loop = new ClaimLoop({
  name: 'deliver',
  kind: 'messages',
  work: (limit) => deliver.round(1, limit),
  settle: () => deliver.drain(),
  batch: deliverBatch,
  rounds: deliverRounds,
  wakeups,
  clock: systemClock,
  report,
});

const started = performance.now();
loop.start();
await finished.promise;
const seconds = (performance.now() - started) / 1000;
await loop.stop();
await provider.close();
await database.close();
const { user, system } = process.cpuUsage();
process.send?.({
  seconds,
  cpuSeconds: (user + system) / 1e6,
  peakRssMb: process.resourceUsage().maxRSS / 1024,
});
process.disconnect?.();
