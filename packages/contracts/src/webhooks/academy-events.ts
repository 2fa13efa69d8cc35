import { z } from 'zod';
import { Enrollment } from '../academy/enrollment.js';

const enrollmentData = z.looseObject({
  enrollment_id: z.uuid(),
  contact_id: z.uuid(),
  course_id: z.uuid(),
  course_name: z.string(),
  enrollment: Enrollment.optional(),
});
const courseData = z.looseObject({ course_id: z.uuid(), course_name: z.string() });
const lesson = { lesson_id: z.uuid(), lesson_name: z.string(), lesson_url: z.string().nullable() };

const id = '0199f3a2-6c1e-7b64-9d0a-3c5f2b1e8a70';
const courseExample = { course_id: id, course_name: 'Knots and ropes' };
const lessonExample = { ...courseExample, lesson_id: id, lesson_name: 'The bowline', lesson_url: null };
const enrolled = { enrollment_id: id, contact_id: id };
const enrollmentExample = { ...enrolled, ...courseExample };
const of = { data: enrollmentData, example: enrollmentExample };

/** What endpoints can be told of courses and those who take them. */
export const academyEvents = {
  'enrollment.created': { summary: 'A contact was enrolled in a course', ...of },
  'enrollment.changed': { summary: 'The attributes of an enrollment were changed', ...of },
  'enrollment.progressed': { summary: 'A contact got further in a course', ...of },
  'enrollment.corrected': { summary: 'The progress of a contact was put right', ...of },
  'enrollment.completed': { summary: 'An enrollment reached 100 percent', ...of },
  'enrollment.cancelled': { summary: 'An enrollment was cancelled', ...of },
  'enrollment.resumed': { summary: 'A contact was enrolled again', ...of },
  'lesson.completed': {
    summary: 'A contact completed a lesson',
    data: enrollmentData.extend(lesson),
    example: { ...enrollmentExample, ...lessonExample },
  },
  'lesson.published': {
    summary: 'A lesson was published in a course',
    data: courseData.extend(lesson),
    example: lessonExample,
  },
  'course.completed': { summary: 'A contact completed a course', ...of },
  'course.published': { summary: 'A course was published', data: courseData, example: courseExample },
};
