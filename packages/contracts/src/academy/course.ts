import { z } from 'zod';
import { storable } from '../events/storable.js';
import { Attributes, Instant } from '../primitives.js';

const Name = z.string().trim().min(1).max(300).refine(storable, 'Text may not hold the character U+0000.');
const Url = z.url({ protocol: /^https?$/, error: 'Give an address that begins with https://.' }).max(2000);
const url = Url.nullable().optional();

/** One lesson. An unpublished one is there for authors only; publishing it is told to everybody who is enrolled. */
export const LessonInput = z
  .strictObject({ id: z.uuid(), name: Name, url, published: z.boolean().default(true) })
  .meta({ id: 'LessonInput' });

export const ModuleInput = z
  .strictObject({ id: z.uuid(), name: Name, url, lessons: z.array(LessonInput).max(200).default([]) })
  .meta({ id: 'ModuleInput' });

const idsOf = (modules: z.output<typeof ModuleInput>[]): string[] =>
  modules.flatMap(({ id, lessons }) => [id, ...lessons.map((lesson) => lesson.id)]);

/**
 * A course with its modules and lessons in their order. The ids are the caller's own. The same id again replaces what is
 * there: modules and lessons that are left out are gone. A lesson that was published stays published.
 */
export const CourseInput = z
  .strictObject({
    name: Name,
    url,
    published: z.boolean().default(true),
    attributes: Attributes.default({}).refine(storable, 'Text may not hold the character U+0000.'),
    modules: z
      .array(ModuleInput)
      .max(100)
      .default([])
      .refine(
        (modules) => idsOf(modules).length <= 1000,
        'A course has a thousand modules and lessons at most.',
      )
      .refine(
        (modules) => new Set(idsOf(modules)).size === idsOf(modules).length,
        'Two modules or lessons have the same id: give each its own.',
      ),
  })
  .meta({ id: 'CourseInput' });
export type CourseInput = z.output<typeof CourseInput>;

/** One lesson of a module that is there: changed in its place, or added at the end of the module. */
export const LessonPut = z
  .strictObject({ module_id: z.uuid(), name: Name, url, published: z.boolean().default(true) })
  .meta({ id: 'LessonPut' });
export type LessonPut = z.output<typeof LessonPut>;

export const Lesson = z
  .object({
    id: z.uuid(),
    name: z.string(),
    url: z.string().nullable(),
    /** Null while only authors know of it. */
    published_at: Instant.nullable(),
  })
  .meta({ id: 'Lesson' });
export type Lesson = z.output<typeof Lesson>;

export const CourseModule = z
  .object({ id: z.uuid(), name: z.string(), url: z.string().nullable(), lessons: z.array(Lesson) })
  .meta({ id: 'CourseModule' });
export type CourseModule = z.output<typeof CourseModule>;

export const Course = z
  .object({
    id: z.uuid(),
    name: z.string(),
    url: z.string().nullable(),
    published_at: Instant.nullable(),
    attributes: Attributes,
    modules: z.array(CourseModule),
    created_at: Instant,
    updated_at: Instant,
  })
  .meta({ id: 'Course' });
export type Course = z.output<typeof Course>;
