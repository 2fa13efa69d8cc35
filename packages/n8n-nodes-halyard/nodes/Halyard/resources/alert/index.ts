import { additional, choice, date, filters, json, text } from '../../fields/collections';
import { idOf } from '../../fields/locators';
import type { Operation, Resource } from '../../operation';

const severities = ['info', 'warning', 'error', 'critical'] as const;
const alertId = idOf('Alert ID', 'alertId');
const note = text('Note', 'note');

const reportError: Operation = {
  value: 'reportError',
  name: 'Report Error',
  action: 'Report an error',
  description: 'Put an error of a workflow or another service into the failure log',
  method: 'POST',
  path: '/alerts/errors',
  properties: [
    { ...text('Service', 'service', 'Where it happened, such as n8n'), required: true },
    { ...text('Message', 'message'), required: true },
    choice('Severity', 'severity', severities, 'error'),
    additional([
      json('Details', 'details', 'Whatever helps, such as {"execution": "42"}'),
      text('Fingerprint', 'fingerprint', 'The same one counts as the same failure'),
      date('Occurred At', 'occurredAt'),
    ]),
  ],
  idempotent: true,
};

const acting: Operation[] = [
  {
    value: 'acknowledge',
    name: 'Acknowledge',
    action: 'Acknowledge an alert',
    description: 'Say that somebody looks after it: no more reminders',
    method: 'POST',
    path: '/alerts/:alertId/acknowledge',
    properties: [alertId, additional([note])],
    idempotent: true,
  },
  {
    value: 'silence',
    name: 'Silence',
    action: 'Silence an alert',
    description: 'Hear nothing of it until a time',
    method: 'POST',
    path: '/alerts/:alertId/silence',
    properties: [alertId, { ...date('Until', 'until'), required: true }, additional([note])],
    idempotent: true,
  },
  {
    value: 'resolve',
    name: 'Resolve',
    action: 'Resolve an alert',
    description: 'Say that it is over',
    method: 'POST',
    path: '/alerts/:alertId/resolve',
    properties: [alertId, additional([note])],
    idempotent: true,
  },
];

const lists: Operation[] = [
  {
    value: 'get',
    name: 'Get',
    action: 'Get an alert',
    description: 'Get an alert with what happened to it',
    method: 'GET',
    path: '/alerts/:alertId',
    properties: [alertId],
  },
  {
    value: 'getAll',
    name: 'Get Many',
    action: 'Get many alerts',
    description: 'List alerts, newest first',
    method: 'GET',
    path: '/alerts',
    properties: [
      filters([
        date('Fired After', 'firedAfter'),
        date('Fired Before', 'firedBefore'),
        choice('Severity', 'severity', severities, 'error'),
        choice('Status', 'status', ['open', 'firing', 'acknowledged', 'silenced', 'resolved'], 'open'),
      ]),
    ],
    paged: true,
  },
  {
    value: 'getFailures',
    name: 'Get Many Failures',
    action: 'Get many failures',
    description: 'List the failure log, newest first',
    method: 'GET',
    path: '/failures',
    properties: [
      filters([
        text('Service', 'service'),
        choice('Severity', 'severity', severities, 'error'),
        choice('Status', 'status', ['open', 'resolved'], 'open'),
      ]),
    ],
    paged: true,
  },
];

export const alert: Resource = {
  value: 'alert',
  name: 'Alert',
  operations: [reportError, ...lists, ...acting],
};
