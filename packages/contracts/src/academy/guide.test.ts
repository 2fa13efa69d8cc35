import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { webhookEventTypes } from '../webhooks/events.js';
import { CourseInput } from './course.js';
import { AcademyProgress, EnrollmentInput } from './enrollment.js';

const guide = readFileSync(new URL('../../../../docs/academy.md', import.meta.url), 'utf8');

/** The JSON that the guide shows for a call. */
function shown(call: string): unknown {
  const [, json] = guide.split(`\`\`\`json ${call}\n`);
  return JSON.parse(json?.split('```')[0] ?? '');
}

test('the payloads of the guide are ones that are taken', () => {
  expect(AcademyProgress.parse(shown('POST /academy/progress'))).toEqual(shown('POST /academy/progress'));
  expect(EnrollmentInput.safeParse(shown('POST /enrollments')).success).toBe(true);
  const [, course = ''] = /PUT \$URL\/courses[^']*'content-type[^']*' -d '([^']*)'/.exec(guide) ?? [];
  expect(CourseInput.parse(JSON.parse(course)).modules[0]?.lessons).toHaveLength(2);
});

test('the guide names every event of courses that endpoints can hear of', () => {
  const own = webhookEventTypes.filter((type) => /^(enrollment|lesson|course)\./.test(type));
  expect(own.length).toBeGreaterThan(5);
  for (const type of own) expect(guide).toContain(`\`${type}\``);
});

test('progress with more or less than its fields is refused', () => {
  const told = shown('POST /academy/progress') as object;
  expect(AcademyProgress.safeParse({ ...told, more: 1 }).success).toBe(false);
  for (const field of Object.keys(told))
    expect(AcademyProgress.safeParse({ ...told, [field]: undefined }).success).toBe(false);
});
