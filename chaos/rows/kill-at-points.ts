import type { CrashPoint } from '@halyard/core/crash-points';
import { crashPoints } from '@halyard/core/crash-points';
import type { Halyard } from '../halyard.ts';
import type { LoadOptions } from '../load.ts';
import { everyKind } from '../load.ts';
import type { Row } from '../row.ts';
import type { Scene } from '../scene.ts';
import { Schedule } from '../schedule.ts';
import { Workflows } from '../workflows.ts';

/** Where requests are served; everything else is done by workers. */
const served: readonly CrashPoint[] = [
  'event-recorded',
  'booking-recorded',
  'outreach-recorded',
  'message-scheduled',
  'answer-kept',
  'call-answered',
  'import-stored',
  'campaign-started',
  'report-received',
  'report-committed',
];
/** Passed once in a while: the first time will do. */
const rare = /^(campaign|import|lost-send|sandbox|schedule|steps|suspect)-/;

/** Around the call of a workflow and its answer: only passed where a flow calls one. */
const aroundCalls: readonly CrashPoint[] = [
  'call-claimed',
  'workflow-took-call',
  'call-committed',
  'call-answered',
];

/** A send is only lost, and then found, when a worker died with it; so are suspects. */
const afterDeath: Partial<Record<CrashPoint, CrashPoint>> = {
  'events-claimed': 'suspect-claimed',
  'intent-committed': 'lost-send-found',
  'provider-answered': 'lost-send-recorded',
};

interface AtPoints extends Pick<Row, 'name' | 'fault' | 'onlyLong'> {
  points: readonly CrashPoint[];
  kinds?: LoadOptions['kinds'];
}

const killAt = ({ points, kinds = everyKind, ...row }: AtPoints): Row => ({
  ...row,
  async run(scene) {
    const http = await scene.start('http');
    await scene.found();
    const worker = await scene.start('worker');
    const schedule = points.includes('schedule-ticked') ? await Schedule.publish(scene) : null;
    const workflows = points.some((point) => aroundCalls.includes(point))
      ? await Workflows.publish(scene)
      : null;
    let done = false;
    const lives = Promise.all([
      fallsAtEach(scene, http, inOrder(points.filter((point) => served.includes(point)))),
      fallsAtEach(scene, worker, inOrder(points.filter((point) => !served.includes(point)))),
    ]).finally(() => {
      done = true;
    });
    const load = async () => {
      while (!done) {
        await schedule?.tick();
        await workflows?.ask(4);
        await scene.load.run({ count: 8, callers: 2, restMs: 150, kinds });
      }
    };
    await Promise.all([lives, load()]);
  },
});

export const killAtPoints = killAt({
  name: 'kill-at-points',
  fault: `kill -9 at each of the ${crashPoints.length} crash points, one after the other`,
  onlyLong: true, // some two minutes
  points: crashPoints,
  kinds: [...everyKind, 'chat'],
});

export const killAroundSends = killAt({
  name: 'kill-around-sends',
  fault: 'kill -9 between the decision to send and recording what became of it',
  points: ['release-decided', 'intent-committed', 'provider-answered'],
  kinds: ['send', 'event', 'booking'], // no jobs, whose locks are waited for
});

export const killAroundCalls = killAt({
  name: 'kill-around-calls',
  fault: 'kill -9 around the call of a workflow and its answer',
  points: aroundCalls,
  kinds: ['event'],
});

const inOrder = (points: readonly CrashPoint[]): CrashPoint[] =>
  points
    .filter((point) => !Object.values(afterDeath).includes(point))
    .flatMap((point) => {
      const next = afterDeath[point];
      return next ? [point, next] : [point];
    });

/** Kills a process, and then the ones that take its place, each at the next point. */
async function fallsAtEach(scene: Scene, first: Halyard, points: readonly CrashPoint[]): Promise<void> {
  const random = scene.play.random.fork(first.options.roles);
  let halyard = first;
  for (let round = 0; round < Math.ceil(scene.play.scale / 2); round++)
    for (const crashAt of points) {
      const passing = rare.test(crashAt) ? 1 : random.between(1, 4);
      // The one before it may be alive only if it is the first: it was not armed.
      if (halyard.isAlive()) await halyard.kill();
      halyard = await scene.restart(halyard, { crashAt, passing });
      await scene.falls(halyard);
    }
  if (!halyard.isAlive()) await scene.restart(halyard);
}
