import { expect } from 'vitest';
import { CampaignSchool, campaignTest } from '../testing/campaign-school.js';
import { noon } from '../testing/sending-school.js';

const day = 86_400_000;
const after = (milliseconds: number) => new Date(noon.getTime() + milliseconds);

campaignTest('a job that is lost, repeated or late changes nothing in the end', async ({ school }) => {
  const people = await school.addPeople(5);
  const id = await school.draft();
  await school.move(id, 'start');
  school.queued.length = 0; // the process died
  await school.drain();
  for (let n = 1; n <= 3; n++)
    await school.jobs.run({ orgId: school.id, campaignId: id, kind: 'plan', occurrence: 1, chunk: n });
  await school.jobs.run({ orgId: school.id, campaignId: id, kind: 'walk', occurrence: 1 });
  expect(await school.messagesOf(id)).toEqual(new Map(people.map((person) => [person, 1])));
});

campaignTest(
  'a campaign is completed when its counts reconcile, not when its audience was read',
  async ({ school }) => {
    await school.addPeople(3);
    const id = await school.draft();
    await school.move(id, 'start');
    await school.drain();
    await school.loop.round(10);
    expect(await school.campaigns.read(school.id, id)).toMatchObject({
      status: 'running',
      occurrence: { status: 'sending', recipients: 3, open: 3, progress: 0 },
    });
    await school.worker().settle();
    await school.loop.round(10);
    expect(await school.campaigns.read(school.id, id)).toMatchObject({
      status: 'completed',
      occurrence: { status: 'completed', open: 0, progress: 1 },
    });
    expect(new Set(school.provider.sentTo).size).toBe(3);
  },
);

campaignTest('whoever comes while the audience is gone through is not a part of it', async ({ school }) => {
  const people = await school.addPeople(2);
  const id = await school.draft();
  await school.move(id, 'start');
  const late = await school.addContact({ email: 'late@example.org' });
  await school.query('update contacts set created_at = $2 where id = $1', [late, after(1)]);
  await school.drain();
  expect([...(await school.messagesOf(id)).keys()].sort()).toEqual([...people].sort());
});

campaignTest(
  'a recurring campaign starts at its local time through a change of clocks, missed starts once',
  async ({ school }) => {
    await school.addPeople(1);
    const id = await school.draft();
    school.clock.set(new Date('2026-10-24T10:00:00Z')); // clocks in Berlin go back on the 25th
    const scheduled = await school.schedule(id, { type: 'recurring', time: '09:00' });
    expect(scheduled).toMatchObject({ status: 'scheduled', next_start_at: '2026-10-25T08:00:00.000Z' });
    await school.loop.round(10);
    expect(school.queued).toEqual([]);

    school.clock.set(new Date('2026-10-25T08:00:00Z'));
    await school.loop.round(10);
    await school.loop.round(10);
    await school.drain();
    await school.worker().settle();
    await school.loop.round(10);
    expect(await school.campaigns.read(school.id, id)).toMatchObject({
      status: 'scheduled',
      next_start_at: '2026-10-26T08:00:00.000Z',
      occurrence: { n: 1, status: 'completed' },
    });

    school.clock.set(new Date('2026-10-29T12:00:00Z')); // four days nothing ran
    await school.loop.round(10);
    await school.drain();
    expect(await school.campaigns.read(school.id, id)).toMatchObject({
      next_start_at: '2026-10-30T08:00:00.000Z',
      occurrence: { n: 2 },
    });
    const { rows } = await school.query('select expires_at from messages order by planned_at desc limit 1');
    expect(rows[0].expires_at).toEqual(new Date('2026-10-30T08:00:00Z')); // the next one takes its place
  },
);

campaignTest(
  'a campaign whose template is gone when its time comes is paused and says why; others start',
  async ({ school }) => {
    const other = await school.draft();
    const id = await school.draft({ template: 'gone' });
    for (const one of [id, other]) await school.schedule(one, { type: 'once', at: after(day).toISOString() });
    school.clock.set(after(day));
    await school.loop.round(10);
    const paused = await school.campaigns.read(school.id, id);
    expect(paused).toMatchObject({ status: 'paused', error: expect.stringContaining('no such template') });
    expect((await school.campaigns.read(school.id, other)).status).toBe('running');

    await school.addTemplate('gone');
    await school.move(id, 'resume');
    await school.loop.round(10);
    expect(await school.campaigns.read(school.id, id)).toMatchObject({ status: 'running', error: null });
  },
);

campaignTest('nothing expires in a pause, however long, and all goes out after it', async ({ school }) => {
  await school.addPeople(3);
  const id = await school.draft();
  await school.move(id, 'start');
  await school.drain();
  await school.move(id, 'pause');
  for (let days = 0; days < 9; days++) {
    await school.worker().settle();
    school.clock.advance(day);
  }
  expect(school.provider.requests).toEqual([]);
  expect((await school.campaigns.stats(school.id, id, undefined)).put_off).toEqual([
    { reason: 'campaign_paused', n: 3 },
  ]);
  await school.move(id, 'resume');
  await school.drain();
  await school.worker().settle();
  expect((await school.campaigns.stats(school.id, id, undefined)).statuses.SENT).toBe(3);
});

campaignTest(
  'paused in the middle of its audience, a campaign plans nothing more until it is resumed',
  async ({ school }) => {
    const people = await school.addPeople(5);
    const id = await school.draft();
    await school.move(id, 'start');
    await school.runs.walk(school.id, id, 1, 2, school.clock.now());
    await school.move(id, 'pause');
    await school.drain();
    expect(await school.messagesOf(id)).toEqual(new Map());
    await school.move(id, 'resume');
    await school.drain();
    expect((await school.messagesOf(id)).size).toBe(people.length);
  },
);

campaignTest('cancelled, what may have arrived is not called cancelled', async ({ school }) => {
  const [tried] = await school.addPeople(2);
  const id = await school.draft();
  await school.move(id, 'start');
  await school.drain();
  school.provider.answer = () => ({ kind: 'unknown', code: 'timeout', detail: 'no answer' });
  await school.query(`update messages set due_at = $2 where contact_id <> $1`, [tried, after(day)]);
  await school.worker().settle();
  await school.move(id, 'cancel');
  await school.drain();
  const { statuses, reconciled } = await school.campaigns.stats(school.id, id, undefined);
  expect(statuses).toMatchObject({ UNKNOWN: 1, CANCELLED: 1 });
  expect(reconciled).toBe(true);
});

campaignTest(
  'what may have arrived is under way: neither a pause nor a cancellation keeps it from being settled',
  async ({ school }) => {
    await school.addPeople(1);
    school.provider.onUnknown = { kind: 'retry_same_key', keyWindowMs: day };
    school.provider.answer = () => ({ kind: 'unknown', code: 'timeout', detail: 'no answer' });
    const id = await school.draft();
    await school.move(id, 'start');
    await school.drain();
    await school.worker().settle();
    await school.move(id, 'cancel');
    await school.drain();
    school.provider.answer = () => ({ kind: 'accepted', providerMessageId: 'p' });
    school.clock.advance(day / 24);
    await school.worker().settle();
    expect(new Set(school.provider.requests.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(1);
    expect((await school.campaigns.stats(school.id, id, undefined)).statuses.SENT).toBe(1);
  },
);

campaignTest('a campaign that fails again and again is paused and says so', async ({ school }) => {
  const id = await school.draft();
  await school.move(id, 'start');
  await school.runs.giveUp(school.id, id, 'It failed.', noon);
  expect(await school.campaigns.read(school.id, id)).toMatchObject({ status: 'paused', error: 'It failed.' });
});

campaignTest('another organization sees nothing of a campaign', async ({ school, db }) => {
  await school.addPeople(1);
  const id = await school.draft();
  await school.move(id, 'start');
  await school.drain();
  const other = new CampaignSchool(db, await db.organization());
  const { store, id: orgId } = other;
  const audit = { actor: { type: 'user', id: 'x' }, action: 'x' } as const;
  expect(await store.find(orgId, id)).toBeNull();
  expect(await store.stats(orgId, id, undefined)).toBeNull();
  expect(await store.recipients(orgId, id, { limit: 10 })).toBeNull();
  expect((await store.list(orgId, { limit: 10 })).items).toEqual([]);
  expect((await store.audience(orgId, { all: [] }, noon)).count).toBe(0);
  for (const move of ['start', 'pause', 'resume', 'cancel'] as const)
    expect(await store[move](orgId, id, noon, audit)).toBeNull();
});
