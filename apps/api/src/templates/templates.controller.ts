import type { InputOf } from '@halyard/contracts/route';
import { templateRoutes } from '@halyard/contracts/templates/routes';
import type { TemplateId } from '@halyard/core/ids';
import { Templates } from '@halyard/core/templates/templates';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class TemplatesController {
  constructor(@Inject(Templates) private readonly templates: Templates) {}

  @Handle(templateRoutes.list)
  list(@Input() { query }: InputOf<typeof templateRoutes.list>, @Who() caller: Caller) {
    return this.templates.list(caller.orgId, query);
  }

  @Handle(templateRoutes.write)
  write(@Input() { body }: InputOf<typeof templateRoutes.write>, @Who() caller: Caller) {
    return this.templates.write(caller.orgId, body, caller.actor);
  }

  @Handle(templateRoutes.read)
  read(@Input() { params }: InputOf<typeof templateRoutes.read>, @Who() caller: Caller) {
    return this.templates.read(caller.orgId, params.id as TemplateId);
  }

  @Handle(templateRoutes.update)
  update(@Input() { params, body }: InputOf<typeof templateRoutes.update>, @Who() caller: Caller) {
    return this.templates.update(caller.orgId, params.id as TemplateId, body, caller.actor);
  }

  @Handle(templateRoutes.versions)
  async versions(@Input() { params }: InputOf<typeof templateRoutes.versions>, @Who() caller: Caller) {
    return { items: await this.templates.versions(caller.orgId, params.id as TemplateId) };
  }

  @Handle(templateRoutes.version)
  version(@Input() { params }: InputOf<typeof templateRoutes.version>, @Who() caller: Caller) {
    return this.templates.version(caller.orgId, params.id as TemplateId, params.number);
  }

  @Handle(templateRoutes.diff)
  async diff(@Input() { params, query }: InputOf<typeof templateRoutes.diff>, @Who() caller: Caller) {
    const { from, to } = query;
    return { from, to, texts: await this.templates.diff(caller.orgId, params.id as TemplateId, from, to) };
  }

  @Handle(templateRoutes.rollback)
  rollBack(@Input() { params, body }: InputOf<typeof templateRoutes.rollback>, @Who() caller: Caller) {
    return this.templates.rollBack(caller.orgId, params.id as TemplateId, body.version, caller.actor);
  }

  @Handle(templateRoutes.archive)
  archive(@Input() { params }: InputOf<typeof templateRoutes.archive>, @Who() caller: Caller) {
    return this.templates.archive(caller.orgId, params.id as TemplateId, true, caller.actor);
  }

  @Handle(templateRoutes.restore)
  restore(@Input() { params }: InputOf<typeof templateRoutes.restore>, @Who() caller: Caller) {
    return this.templates.archive(caller.orgId, params.id as TemplateId, false, caller.actor);
  }
}
