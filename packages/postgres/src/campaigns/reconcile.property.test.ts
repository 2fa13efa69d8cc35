import type { CampaignId } from '@halyard/core/ids';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { CampaignSchool } from '../testing/campaign-school.js';
import { campaignTest } from '../testing/campaign-school.js';

const statuses = [
  'sent',
  'delivered',
  'bounced',
  'failed',
  'skipped',
  'expired',
  'unknown',
  'dead',
  'cancelled',
];

/** What can happen to a campaign that has started, in any order. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant('job' as const), n: fc.nat(20), again: fc.boolean() }),
  fc.record({ kind: fc.constant('lose' as const), n: fc.nat(20) }),
  fc.record({ kind: fc.constant('end' as const), status: fc.constantFrom(...statuses) }),
  fc.record({
    kind: fc.constantFrom('sweep' as const, 'round' as const, 'pause' as const, 'resume' as const),
  }),
);
type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

/** Runs a job that waits, and keeps it when it is to run again, as a job does whose process died at its end. */
async function runJob(school: CampaignSchool, n: number, again: boolean): Promise<void> {
  const [job] = school.queued.splice(n % Math.max(1, school.queued.length), 1);
  if (!job) return;
  await school.jobs.run(job);
  if (again) school.queued.push(job);
}

/** One message comes to its end, as a release or a provider has it. */
const endOne = (school: CampaignSchool, id: CampaignId, status: string) =>
  school.query(
    `update messages set status = $2 where id = (
       select id from messages where subject_id = $1 and status = 'scheduled' order by id limit 1)`,
    [id, status],
  );

async function live(school: CampaignSchool, id: CampaignId, what: Happening): Promise<void> {
  switch (what.kind) {
    case 'job':
      return runJob(school, what.n, what.again);
    case 'lose':
      school.queued.splice(what.n % Math.max(1, school.queued.length), 1);
      return;
    case 'end':
      await endOne(school, id, what.status);
      return;
    case 'sweep':
      school.queued.push(...(await school.runs.allUnfinished()));
      return;
    case 'round':
      await school.loop.round(10);
      return;
    case 'pause':
    case 'resume':
      await school.move(id, what.kind).catch((error: unknown) => {
        expect(error).toMatchObject({ code: 'invalid_state' });
      });
  }
}

campaignTest(
  'Feature: campaigns, Property 1: whatever is lost, repeated, paused or ended in between, each recipient has one message, and the counts reconcile when the campaign is completed and not before',
  async ({ school }) => {
    const people = await school.addPeople(5);
    await fc.assert(
      fc.asyncProperty(fc.array(happening, { maxLength: 12 }), fc.boolean(), async (happenings, cancel) => {
        school.queued.length = 0;
        const id = await school.draft();
        await school.move(id, 'start');
        for (const what of happenings) {
          await live(school, id, what);
          await expectReconciledOnlyAtItsEnd(school, id);
        }
        const { status } = await school.campaigns.read(school.id, id);
        if (status === 'paused') await school.move(id, 'resume');
        if (cancel && status !== 'completed') await school.move(id, 'cancel');
        await school.drain();
        await school.loop.round(10);
        await expectReconciledOnlyAtItsEnd(school, id);
        for (let n = 0; n < people.length; n++) await endOne(school, id, 'sent');
        await school.loop.round(10);

        const ended = await school.campaigns.read(school.id, id);
        const stats = await expectReconciledOnlyAtItsEnd(school, id);
        expect(ended.status).toBe(cancel && status !== 'completed' ? 'cancelled' : 'completed');
        const messages = await school.messagesOf(id);
        expect([...messages.values()].every((count) => count === 1)).toBe(true);
        if (ended.status === 'cancelled') return;
        expect(stats.recipients).toBe(people.length);
        expect([...messages.keys()].sort()).toEqual([...people].sort());
      }),
      { numRuns: 100 },
    );
  },
  120_000,
);

async function expectReconciledOnlyAtItsEnd(school: CampaignSchool, id: CampaignId) {
  const { status, occurrence } = await school.campaigns.read(school.id, id);
  const stats = await school.campaigns.stats(school.id, id, undefined);
  const counted = Object.values(stats.statuses).reduce((sum, n) => sum + n, 0);
  expect(counted).toBe(stats.recipients);
  expect(stats.statuses.PROCESSING).toBe(status === 'cancelled' ? 0 : occurrence?.open);
  if (status === 'completed') expect(stats.reconciled).toBe(true);
  return stats;
}
