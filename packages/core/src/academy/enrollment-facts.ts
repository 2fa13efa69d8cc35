import type { Course, CourseModule } from '@halyard/contracts/academy/course';

type Tree = Record<string, unknown>;

/** A course as conditions and templates see it: what is published, numbered through. */
interface OutlineFacts {
  course: Tree;
  modules: ModuleFacts[];
}

interface LessonFacts {
  id: string;
  name: string;
  url: string | null;
  /** Through the whole course, from 1. */
  number: number;
}

interface ModuleFacts {
  id: string;
  name: string;
  url: string | null;
  number: number;
  lessons: LessonFacts[];
}

/** The same for everybody who takes the course, so it is made once for them. */
export function outlineFacts(
  course: Pick<Course, 'id' | 'name' | 'url' | 'attributes' | 'modules'>,
): OutlineFacts {
  let number = 0;
  const modules = course.modules.map(({ id, name, url, lessons }: CourseModule, n) => ({
    id,
    name,
    url,
    number: n + 1,
    lessons: lessons
      .filter(({ published_at }) => published_at !== null)
      .map((lesson) => ({ id: lesson.id, name: lesson.name, url: lesson.url, number: ++number })),
  }));
  const { id, name, url, attributes } = course;
  return {
    course: { id, name, url, attributes, module_count: modules.length, lesson_count: number },
    modules,
  };
}

/** `subject` of what is about an enrollment: its row, its course, and the lesson that comes next with its module. */
export const enrollmentFacts = (row: Tree, outline: OutlineFacts): Tree =>
  withNextLesson({ ...row, type: 'enrollment', ...outline });

/** The same facts with `next_lesson` and `module` as `next_lesson_id` has them: also after that was rolled back. */
export function withNextLesson(facts: Tree): Tree {
  for (const { lessons, ...module } of facts.modules as ModuleFacts[]) {
    const next_lesson = lessons.find(({ id }) => id === facts.next_lesson_id);
    if (next_lesson) return { ...facts, next_lesson, module };
  }
  return { ...facts, next_lesson: null, module: null };
}
