import { mjmlCompiler } from '@halyard/channels/email/mjml';
import type { Renderer } from '@halyard/core/delivery/renderer';
import { randomIds } from '@halyard/core/ids';
import { TemplateCompiler } from '@halyard/core/templates/compile';
import { TemplatePreviews } from '@halyard/core/templates/previews';
import { Templates } from '@halyard/core/templates/templates';
import { PgPreviewStore } from '@halyard/postgres/template-previews';
import { PgTemplateStore } from '@halyard/postgres/templates';
import { bind } from '../bind.js';
import type { Platform } from '../platform.js';
import { PreviewsController } from './previews.controller.js';
import { TemplatesController } from './templates.controller.js';

/** Templates with their versions, and what recipients would see of them. */
export function wireTemplates(
  { app, clock, wakeups }: Pick<Platform, 'app' | 'clock' | 'wakeups'>,
  renderer: Renderer,
) {
  const compiler = new TemplateCompiler(mjmlCompiler);
  const templates = new Templates(new PgTemplateStore(app), compiler, randomIds);
  const previews = new TemplatePreviews(new PgPreviewStore(app), compiler, renderer, clock, wakeups);
  return {
    controllers: [TemplatesController, PreviewsController],
    providers: [bind(templates), bind(previews)],
    templates,
  };
}
