import { setTimeout as pause } from 'node:timers/promises';
import type { Row } from '../row.ts';

/** PostgreSQL itself dies and comes back; processes live on. */
export const postgresRestarts: Row = {
  name: 'postgres-restarts',
  fault:
    'PostgreSQL stopped at once (SIGQUIT) and started again, with one process for requests and two workers',
  async run(scene) {
    const { random, scale } = scene.play;
    await scene.start('http');
    await scene.found();
    await Promise.all([scene.start('worker'), scene.start('worker')]);
    scene.provider.behave = () => ({ kind: 'accept', afterMs: 200 });
    const load = scene.load.run({ count: 60 * scale, restMs: 30 });
    for (let crashes = 0; crashes < Math.ceil(scale / 2); crashes++) {
      await scene.received(random.between(3, 20));
      await scene.server.crash();
      await pause(random.between(0, 1_000));
      await scene.fault('PostgreSQL restarted', () => scene.server.restart());
    }
    await load;
  },
};

/** An administrator, or a failover, ends connections in the middle of what they do. */
export const backendsKilled: Row = {
  name: 'backends-killed',
  fault: 'connections to PostgreSQL ended by the server (pg_terminate_backend), again and again',
  async run(scene) {
    const { random, scale } = scene.play;
    await scene.start('http,worker');
    await scene.found();
    scene.provider.behave = () => ({ kind: 'accept', afterMs: 200 });
    const load = scene.load.run({ count: 60 * scale, restMs: 30 });
    for (let rounds = 0; rounds < 5 * scale; rounds++) {
      await scene.received(random.between(1, 8));
      const share = random.next();
      await scene.fault('backends killed', () =>
        scene.owner.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where datname = current_database() and pid <> pg_backend_pid() and application_name like 'halyard%'
             and random() < $1`,
          [share],
        ),
      );
    }
    await load;
  },
};
