import { additional, choice, filters, text } from '../../fields/collections';
import { flow as flowId } from '../../fields/locators';
import type { Operation, Resource } from '../../operation';

const contactIds = {
  ...text('Contact IDs', 'contactIds', 'Separated by commas, or a list from an expression; 1,000 at most'),
};
const subject = [
  text('Subject ID', 'subjectId', 'What the runs are about, such as the ID of a booking'),
  text('Subject Type', 'subjectType', 'Such as booking; together with Subject ID'),
];
const sent = {
  contactIds: { list: true },
  subjectId: { as: 'subject.id' },
  subjectType: { as: 'subject.type' },
} as const;

const start: Operation = {
  value: 'start',
  name: 'Start',
  action: 'Start a flow',
  description: 'Start a flow for contacts',
  method: 'POST',
  path: '/flows/:flowId/start',
  properties: [
    flowId,
    { ...contactIds, required: true },
    additional([
      {
        displayName: 'Again',
        name: 'again',
        type: 'boolean',
        default: false,
        description: 'Whether to start it even for those whom the re-entry rule would keep out',
      },
      ...subject,
    ]),
  ],
  sent,
  idempotent: true,
};

const stop: Operation = {
  value: 'stop',
  name: 'Stop',
  action: 'Stop a flow',
  description: 'End runs of a flow; what they had pending is cancelled',
  method: 'POST',
  path: '/flows/:flowId/stop',
  properties: [
    flowId,
    {
      displayName: 'Whose Runs',
      name: 'runsOf',
      type: 'options',
      options: [
        { name: 'Contacts', value: 'contacts' },
        { name: 'Everybody', value: 'all' },
        { name: 'Subject', value: 'subject' },
      ],
      default: 'contacts',
    },
    { ...contactIds, required: true, displayOptions: { show: { runsOf: ['contacts'] } } },
    ...subject.map((one) => ({
      ...one,
      required: true,
      displayOptions: { show: { runsOf: ['subject'] } },
    })),
    {
      displayName: 'Yes, Every Run of This Flow',
      name: 'all',
      type: 'boolean',
      default: true,
      displayOptions: { show: { runsOf: ['all'] } },
      description: 'Whether to end every run, whoever it is of',
    },
    additional([text('Reason', 'reason')]),
  ],
  sent: { ...sent, runsOf: false },
  idempotent: true,
};

export const flow: Resource = {
  value: 'flow',
  name: 'Flow',
  operations: [
    start,
    stop,
    {
      value: 'getAll',
      name: 'Get Many',
      action: 'Get many flows',
      description: 'List flows; archived ones only when asked for',
      method: 'GET',
      path: '/flows',
      properties: [
        filters([
          text('Key', 'key'),
          choice('Status', 'status', ['draft', 'live', 'paused', 'archived'], 'live'),
        ]),
      ],
      paged: true,
    },
    {
      value: 'getRuns',
      name: 'Get Runs',
      action: 'Get runs of a flow',
      description: 'List the runs of a flow, newest first',
      method: 'GET',
      path: '/flows/:flowId/runs',
      properties: [
        flowId,
        filters([
          text('Contact ID', 'contactId'),
          choice('Status', 'status', ['active', 'completed', 'exited', 'cancelled', 'failed'], 'active'),
        ]),
      ],
      paged: true,
    },
    {
      value: 'explain',
      name: 'Explain',
      action: 'Explain a flow for a contact',
      description: 'Get why a contact did not enter a flow, is waiting in it, or left it',
      method: 'GET',
      path: '/flows/:flowId/explain',
      properties: [
        flowId,
        { ...text('Contact', 'contact', 'Its ID, external ID or any of its addresses'), required: true },
        additional([
          text('Event ID', 'event', 'The event that is asked about; the latest one, when left out'),
          choice('Language', 'locale', ['en', 'de'], 'en'),
        ]),
      ],
    },
  ],
};
