import { courseRoutes } from '@halyard/contracts/academy/routes';
import type { InputOf } from '@halyard/contracts/route';
import { Courses } from '@halyard/core/academy/courses';
import type { CourseId } from '@halyard/core/ids';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class CoursesController {
  constructor(@Inject(Courses) private readonly courses: Courses) {}

  @Handle(courseRoutes.list)
  list(@Input() { query }: InputOf<typeof courseRoutes.list>, @Who() caller: Caller) {
    return this.courses.list(caller.orgId, query);
  }

  @Handle(courseRoutes.read)
  read(@Input() { params }: InputOf<typeof courseRoutes.read>, @Who() caller: Caller) {
    return this.courses.read(caller.orgId, params.id as CourseId);
  }

  @Handle(courseRoutes.put)
  put(@Input() { params, body }: InputOf<typeof courseRoutes.put>, @Who() caller: Caller) {
    return this.courses.put(caller.orgId, params.id as CourseId, body, caller.actor);
  }

  @Handle(courseRoutes.remove)
  async remove(@Input() { params }: InputOf<typeof courseRoutes.remove>, @Who() caller: Caller) {
    await this.courses.remove(caller.orgId, params.id as CourseId, caller.actor);
    return undefined;
  }

  @Handle(courseRoutes.putLesson)
  putLesson(@Input() { params, body }: InputOf<typeof courseRoutes.putLesson>, @Who() caller: Caller) {
    const { id, lesson_id } = params;
    return this.courses.putLesson(caller.orgId, id as CourseId, lesson_id, body, caller.actor);
  }

  @Handle(courseRoutes.publishLesson)
  publishLesson(@Input() { params }: InputOf<typeof courseRoutes.publishLesson>, @Who() caller: Caller) {
    return this.courses.publishLesson(caller.orgId, params.id as CourseId, params.lesson_id, caller.actor);
  }
}
