import type { InputOf } from '@halyard/contracts/route';
import { templateRoutes } from '@halyard/contracts/templates/routes';
import type { TemplateId } from '@halyard/core/ids';
import { TemplatePreviews } from '@halyard/core/templates/previews';
import { Controller, Inject } from '@nestjs/common';
import type { Caller } from '../http/caller.js';
import { Handle, Input, Who } from '../http/handle.js';

@Controller()
export class PreviewsController {
  constructor(@Inject(TemplatePreviews) private readonly previews: TemplatePreviews) {}

  @Handle(templateRoutes.preview)
  preview(@Input() { params, body }: InputOf<typeof templateRoutes.preview>, @Who() caller: Caller) {
    return this.previews.preview(caller.orgId, params.id as TemplateId, body);
  }

  @Handle(templateRoutes.previewDraft)
  previewDraft(@Input() { body }: InputOf<typeof templateRoutes.previewDraft>, @Who() caller: Caller) {
    return this.previews.previewDraft(caller.orgId, body);
  }

  @Handle(templateRoutes.test)
  async test(@Input() { params, body }: InputOf<typeof templateRoutes.test>, @Who() caller: Caller) {
    const id = params.id as TemplateId;
    return { message_id: await this.previews.sendTest(caller.orgId, id, body, caller.actor) };
  }
}
