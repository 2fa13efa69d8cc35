import { choice, filters } from '../../fields/collections';
import { campaign as campaignId } from '../../fields/locators';
import { dayOf } from '../../instant';
import type { Operation, Resource } from '../../operation';

/** The API lists by status; which of them begin today depends on the workflow's zone. */
const getDueToday: Operation = {
  value: 'getDueToday',
  name: 'Get Due Today',
  action: 'Get campaigns due today',
  description:
    "List scheduled campaigns that begin today, in the workflow's time zone, and those that are late",
  method: 'GET',
  path: '/campaigns',
  properties: [],
  fixed: { status: 'scheduled' },
  paged: true,
  keep: ({ next_start_at: next }, { now, zone }) =>
    typeof next === 'string' && dayOf(new Date(next), zone) <= dayOf(now, zone),
};

export const campaign: Resource = {
  value: 'campaign',
  name: 'Campaign',
  operations: [
    getDueToday,
    {
      value: 'start',
      name: 'Start',
      action: 'Start a campaign',
      description: 'Start a campaign now',
      method: 'POST',
      path: '/campaigns/:campaignId/start',
      properties: [campaignId],
      idempotent: true,
    },
    {
      value: 'getStats',
      name: 'Get Stats',
      action: 'Get the stats of a campaign',
      description: 'Count what became of its recipients',
      method: 'GET',
      path: '/campaigns/:campaignId/stats',
      properties: [campaignId],
    },
    {
      value: 'get',
      name: 'Get',
      action: 'Get a campaign',
      description: 'Get a campaign and how far it is',
      method: 'GET',
      path: '/campaigns/:campaignId',
      properties: [campaignId],
    },
    {
      value: 'getAll',
      name: 'Get Many',
      action: 'Get many campaigns',
      description: 'List campaigns, newest first',
      method: 'GET',
      path: '/campaigns',
      properties: [
        filters([
          choice(
            'Status',
            'status',
            ['draft', 'scheduled', 'running', 'paused', 'completed', 'cancelled'],
            'scheduled',
          ),
        ]),
      ],
      paged: true,
    },
  ],
};
