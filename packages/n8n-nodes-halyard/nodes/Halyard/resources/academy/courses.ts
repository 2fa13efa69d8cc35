import { additional, json, text } from '../../fields/collections';
import { course, idOf } from '../../fields/locators';
import type { Operation } from '../../operation';

const lessonId = idOf('Lesson ID', 'lessonId', 'Your own');
const published = {
  displayName: 'Published',
  name: 'published',
  type: 'boolean' as const,
  default: true,
  description: 'Whether learners are told of it now',
};

export const courses: Operation[] = [
  {
    value: 'upsertCourse',
    name: 'Create or Update Course',
    action: 'Create or update a course',
    description: 'Create a course, or replace it: what is left out is gone',
    method: 'PUT',
    path: '/courses/:courseId',
    properties: [
      idOf('Course ID', 'courseId', 'Your own'),
      { ...text('Name', 'name'), required: true },
      additional([
        json('Attributes', 'attributes', 'Such as {"level": 1}'),
        json(
          'Modules',
          'modules',
          'Such as [{"id": "…", "name": "…", "lessons": [{"id": "…", "name": "…"}]}]',
        ),
        published,
        text('URL', 'url'),
      ]),
    ],
  },
  {
    value: 'upsertLesson',
    name: 'Create or Update Lesson',
    action: 'Create or update a lesson',
    description: 'Create a lesson in a module of a course, or change it',
    method: 'PUT',
    path: '/courses/:courseId/lessons/:lessonId',
    properties: [
      course,
      lessonId,
      idOf('Module ID', 'moduleId'),
      { ...text('Name', 'name'), required: true },
      additional([published, text('URL', 'url')]),
    ],
  },
  {
    value: 'publishLesson',
    name: 'Publish Lesson',
    action: 'Publish a lesson',
    description: 'Make a lesson available to those who are enrolled',
    method: 'POST',
    path: '/courses/:courseId/lessons/:lessonId/publish',
    properties: [course, lessonId],
    idempotent: true,
  },
  {
    value: 'getCourse',
    name: 'Get Course',
    action: 'Get a course',
    description: 'Get a course with its modules and lessons',
    method: 'GET',
    path: '/courses/:courseId',
    properties: [course],
  },
  {
    value: 'getCourses',
    name: 'Get Many Courses',
    action: 'Get many courses',
    description: 'List courses',
    method: 'GET',
    path: '/courses',
    properties: [],
    paged: true,
  },
];
