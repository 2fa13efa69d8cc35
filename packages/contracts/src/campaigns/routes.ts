import { z } from 'zod';
import { IdParams, PageQuery, pageOf } from '../primitives.js';
import { noContent, route } from '../route.js';
import {
  Audience,
  AudienceSize,
  Campaign,
  CampaignInput,
  CampaignSchedule,
  CampaignStats,
  CampaignStatus,
  Recipient,
  RecipientStatus,
} from './campaign.js';

export const CampaignQuery = PageQuery.extend({ status: CampaignStatus.optional() });
export type CampaignQuery = z.output<typeof CampaignQuery>;

/** `occurrence`: the latest when left out. */
const OccurrenceQuery = z.object({ occurrence: z.coerce.number().int().min(1).optional() });
export const RecipientQuery = PageQuery.extend(OccurrenceQuery.shape).extend({
  status: RecipientStatus.optional(),
});
export type RecipientQuery = z.output<typeof RecipientQuery>;

const tag = 'Campaigns';
const reads = { role: 'viewer', scope: 'campaigns:read' } as const;
const writes = { role: 'editor', scope: 'campaigns:write' } as const;
/** What moves a campaign from one status to another. */
const move = {
  method: 'POST',
  tag,
  access: writes,
  params: IdParams,
  response: Campaign,
  errors: ['invalid_state'],
  idempotent: true,
} as const;

export const campaignRoutes = {
  list: route({
    id: 'listCampaigns',
    method: 'GET',
    path: '/campaigns',
    tag,
    summary: 'List campaigns, newest first',
    access: reads,
    query: CampaignQuery,
    response: pageOf(Campaign),
  }),
  create: route({
    id: 'createCampaign',
    method: 'POST',
    path: '/campaigns',
    tag,
    summary: 'Write a campaign',
    description: 'It is a draft until it is started or scheduled.',
    access: writes,
    body: CampaignInput,
    response: Campaign,
    status: 201,
    idempotent: true,
  }),
  size: route({
    id: 'sizeAudience',
    method: 'POST',
    path: '/campaigns/audience',
    tag,
    summary: 'Count whom an audience means, with a sample of ten',
    description: 'Changes nothing. Whom sending rules hold back is only known when messages are released.',
    access: reads,
    body: z.strictObject({ audience: Audience }),
    response: AudienceSize,
  }),
  read: route({
    id: 'readCampaign',
    method: 'GET',
    path: '/campaigns/:id',
    tag,
    summary: 'Read a campaign and how far it is',
    access: reads,
    params: IdParams,
    response: Campaign,
  }),
  update: route({
    id: 'updateCampaign',
    method: 'PUT',
    path: '/campaigns/:id',
    tag,
    summary: 'Write a draft or scheduled campaign anew',
    access: writes,
    params: IdParams,
    body: CampaignInput,
    response: Campaign,
    errors: ['invalid_state'],
  }),
  remove: route({
    id: 'removeCampaign',
    method: 'DELETE',
    path: '/campaigns/:id',
    tag,
    summary: 'Remove a draft',
    access: writes,
    params: IdParams,
    response: noContent,
    status: 204,
    errors: ['invalid_state'],
  }),
  audience: route({
    id: 'readAudience',
    method: 'GET',
    path: '/campaigns/:id/audience',
    tag,
    summary: 'Count whom a campaign is for, with a sample of ten',
    access: reads,
    params: IdParams,
    response: AudienceSize,
  }),
  start: route({
    ...move,
    id: 'startCampaign',
    path: '/campaigns/:id/start',
    summary: 'Start a campaign now',
    description:
      'The audience and the version of the template are those of this moment. A schedule that recurs goes on.',
  }),
  send: route({
    ...move,
    id: 'sendCampaign',
    path: '/campaigns/:id/send',
    summary: 'Start a campaign now; the same as start',
  }),
  schedule: route({
    ...move,
    id: 'scheduleCampaign',
    path: '/campaigns/:id/schedule',
    summary: 'Start a campaign at a time, or again and again',
    description:
      'Replaces the schedule that it had. A recurring one starts at a local time in the zone of the organization; what is still unsent when the next occurrence starts expires.',
    body: CampaignSchedule,
  }),
  pause: route({
    ...move,
    id: 'pauseCampaign',
    path: '/campaigns/:id/pause',
    summary: 'Hold what is not sent yet, and start nothing',
  }),
  resume: route({
    ...move,
    id: 'resumeCampaign',
    path: '/campaigns/:id/resume',
    summary: 'Let a paused campaign go on',
  }),
  cancel: route({
    ...move,
    id: 'cancelCampaign',
    path: '/campaigns/:id/cancel',
    summary: 'Call off what is not under way, for good',
  }),
  stats: route({
    id: 'readCampaignStats',
    method: 'GET',
    path: '/campaigns/:id/stats',
    tag,
    summary: 'Count what became of its recipients',
    access: reads,
    params: IdParams,
    query: OccurrenceQuery,
    response: CampaignStats,
  }),
  recipients: route({
    id: 'listRecipients',
    method: 'GET',
    path: '/campaigns/:id/recipients',
    tag,
    summary: 'List its recipients, each with its message and what became of it',
    access: reads,
    params: IdParams,
    query: RecipientQuery,
    response: pageOf(Recipient),
  }),
};
