import type { INodeProperties } from 'n8n-workflow';
import { additional, json, text } from '../../fields/collections';
import { contactReference, contactReferenceSent } from '../../fields/contact-reference';
import { course, idOf } from '../../fields/locators';
import type { Operation } from '../../operation';

export const enroll: Operation = {
  value: 'enroll',
  name: 'Enroll',
  action: 'Enroll a contact in a course',
  description: 'Enroll a contact; who is enrolled already stays so, who cancelled goes on',
  method: 'POST',
  path: '/enrollments',
  properties: [
    course,
    ...contactReference(),
    additional([json('Attributes', 'attributes', 'Such as {"group": "A"}')]),
  ],
  sent: contactReferenceSent,
  idempotent: true,
};

const fields: INodeProperties[] = [
  idOf('Tenant ID', 'tenantId', 'The ID of the organization, or a tenant that was mapped to it'),
  { ...text('User ID', 'userId', 'The ID that the learner has in the academy'), required: true },
  course,
  {
    displayName: 'Completed Percent',
    name: 'completedPercent',
    type: 'number',
    typeOptions: { minValue: 0, maxValue: 100 },
    default: 0,
  },
  text('Next Lesson ID', 'nextLessonId', 'Empty, when there is none'),
];

export const recordProgress: Operation = {
  value: 'recordProgress',
  name: 'Record Progress',
  action: 'Record progress in a course',
  description: 'Tell how far a learner is; contact and enrollment are made when they are not there',
  method: 'POST',
  path: '/academy/progress',
  properties: [
    {
      displayName: 'Specify Progress',
      name: 'specify',
      type: 'options',
      options: [
        { name: 'As JSON', value: 'json', description: 'The whole payload, as the academy sends it' },
        { name: 'Using Fields Below', value: 'fields' },
      ],
      default: 'json',
    },
    {
      ...json(
        'Progress',
        'progress',
        'With tenant_id, user_id, course_id, progress.completed_percent and next_lesson_id',
      ),
      default: '={{ $json.body }}',
      required: true,
      displayOptions: { show: { specify: ['json'] } },
    },
    ...fields.map((property) => ({ ...property, displayOptions: { show: { specify: ['fields'] } } })),
  ],
  fixed: { next_lesson_id: null },
  sent: { specify: false, progress: { as: '' }, completedPercent: { as: 'progress.completed_percent' } },
  idempotent: true,
};
