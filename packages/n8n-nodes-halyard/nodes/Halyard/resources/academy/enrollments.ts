import { additional, choice, filters, text } from '../../fields/collections';
import { course, idOf, optional } from '../../fields/locators';
import type { Operation } from '../../operation';

const enrollmentId = idOf('Enrollment ID', 'enrollmentId');

export const enrollments: Operation[] = [
  {
    value: 'updateProgress',
    name: 'Update Progress',
    action: 'Update the progress of an enrollment',
    description: 'Tell how far an enrollment is; what is behind what is known changes nothing',
    method: 'POST',
    path: '/enrollments/:enrollmentId/progress',
    properties: [
      enrollmentId,
      {
        displayName: 'What Has Come',
        name: 'whatHasCome',
        type: 'options',
        options: [
          { name: 'A Lesson Was Completed', value: 'lesson' },
          { name: 'Percent Completed', value: 'percent' },
        ],
        default: 'percent',
      },
      {
        displayName: 'Completed Percent',
        name: 'completedPercent',
        type: 'number',
        typeOptions: { minValue: 0, maxValue: 100 },
        default: 0,
        displayOptions: { show: { whatHasCome: ['percent'] } },
      },
      {
        ...idOf('Completed Lesson ID', 'completedLessonId'),
        displayOptions: { show: { whatHasCome: ['lesson'] } },
      },
      additional([
        {
          displayName: 'Correction',
          name: 'correction',
          type: 'boolean',
          default: false,
          description: 'Whether it counts although it is behind what is known',
        },
        text('Next Lesson ID', 'nextLessonId'),
      ]),
    ],
    sent: { whatHasCome: false },
    idempotent: true,
  },
  {
    value: 'cancelEnrollment',
    name: 'Cancel Enrollment',
    action: 'Cancel an enrollment',
    description: 'Cancel an enrollment; its unsent messages are cancelled',
    method: 'POST',
    path: '/enrollments/:enrollmentId/cancel',
    properties: [enrollmentId, additional([text('Reason', 'reason')])],
    idempotent: true,
  },
  {
    value: 'getEnrollment',
    name: 'Get Enrollment',
    action: 'Get an enrollment',
    description: 'Get an enrollment with its contact and course',
    method: 'GET',
    path: '/enrollments/:enrollmentId',
    properties: [enrollmentId],
  },
  {
    value: 'getEnrollments',
    name: 'Get Many Enrollments',
    action: 'Get many enrollments',
    description: 'List enrollments',
    method: 'GET',
    path: '/enrollments',
    properties: [
      filters([
        text('Contact ID', 'contactId'),
        optional(course),
        choice('Status', 'status', ['active', 'completed', 'cancelled'], 'active'),
      ]),
    ],
    paged: true,
  },
];
