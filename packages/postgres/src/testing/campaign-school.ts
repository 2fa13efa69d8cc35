import type { CampaignSchedule } from '@halyard/contracts/campaigns/campaign';
import { CampaignInput } from '@halyard/contracts/campaigns/campaign';
import { automation } from '@halyard/core/actor';
import type { CampaignJob } from '@halyard/core/campaigns/campaign-job';
import { CampaignLoop } from '@halyard/core/campaigns/campaign-loop';
import { Campaigns } from '@halyard/core/campaigns/campaigns';
import { RunCampaign } from '@halyard/core/campaigns/run-campaign';
import type { CampaignId, ContactId } from '@halyard/core/ids';
import { randomIds } from '@halyard/core/ids';
import { PgCampaignLoopStore } from '../campaigns/campaign-loop.js';
import { PgCampaignRunStore } from '../campaigns/campaign-runs.js';
import { PgCampaignStore } from '../campaigns/campaigns.js';
import { databaseTest } from './database-test.js';
import { silent } from './deciding.js';
import { addTemplate } from './delivery.js';
import { noon, SendingSchool } from './sending-school.js';

const actor = automation('test');
/** Contacts that are looked at together: few, so that a handful has several chunks. */
const chunk = 2;

/** A school that sends campaigns, with a queue whose jobs are run one by one, in any order, or never. */
export class CampaignSchool extends SendingSchool {
  readonly queued: CampaignJob[] = [];
  readonly #queue = { add: async (jobs: readonly CampaignJob[]) => void this.queued.push(...jobs) };
  readonly runs = new PgCampaignRunStore(this.db.worker);
  readonly store = new PgCampaignStore(this.db.app);
  readonly campaigns = new Campaigns(this.store, this.#queue, randomIds, this.clock, silent);
  readonly jobs = new RunCampaign(this.runs, this.#queue, randomIds, this.clock, silent, chunk);
  readonly loop = new CampaignLoop(
    new PgCampaignLoopStore(this.db.worker, this.runs),
    this.#queue,
    this.clock,
    silent,
  );

  addTemplate(key = 'news'): Promise<void> {
    return addTemplate(this.db, this.id, key);
  }

  /** People who are there before any campaign starts. */
  async addPeople(count: number): Promise<ContactId[]> {
    const ids: ContactId[] = [];
    for (let n = 0; n < count; n++) ids.push(await this.addContact({ email: `${randomIds()}@example.org` }));
    await this.query('update contacts set created_at = $2 where org_id = $1', [this.id, noon]);
    return ids;
  }

  async draft(more: object = {}): Promise<CampaignId> {
    const input = { name: 'News', audience: { all: [] }, channels: ['email'], template: 'news', ...more };
    const { id } = await this.campaigns.create(this.id, CampaignInput.parse(input), actor);
    return id as CampaignId;
  }

  move(id: CampaignId, move: 'start' | 'pause' | 'resume' | 'cancel') {
    return this.campaigns[move](this.id, id, actor);
  }

  schedule(id: CampaignId, schedule: CampaignSchedule) {
    return this.campaigns.schedule(this.id, id, schedule, actor);
  }

  /** Runs what is queued and what that queues, with what was lost. */
  async drain(): Promise<void> {
    this.queued.push(...(await this.runs.allUnfinished()));
    for (let job = this.queued.shift(); job; job = this.queued.shift()) await this.jobs.run(job);
  }

  /** How often each contact has a message of this campaign. */
  async messagesOf(id: CampaignId): Promise<Map<ContactId, number>> {
    const { rows } = await this.query(
      'select contact_id, count(*)::int as n from messages where subject_id = $1 group by contact_id',
      [id],
    );
    return new Map(rows.map((row) => [row.contact_id, row.n]));
  }
}

/** A test of a school that sends campaigns, with no message or campaign of an earlier test. */
export const campaignTest = databaseTest.extend('school', async ({ db }) => {
  await db.owner.query('delete from messages; delete from campaigns'); // workers see those of every organization
  const school = new CampaignSchool(db, await db.organization());
  await school.addConnection();
  await school.addTemplate();
  return school;
});
