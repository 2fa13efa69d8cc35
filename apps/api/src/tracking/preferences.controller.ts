import type { InputOf } from '@halyard/contracts/route';
import { trackingRoutes } from '@halyard/contracts/tracking/routes';
import { escapeHtml } from '@halyard/core/templates/html';
import type { Choice, PreferencePage } from '@halyard/core/tracking/preferences';
import { Preferences } from '@halyard/core/tracking/preferences';
import { Controller, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Handle, Input } from '../http/handle.js';
import { sendUnknown } from './engagement.controller.js';
import { formOf } from './form.js';
import { sendPage } from './page.js';
import type { Language } from './page-words.js';
import { acceptedLanguages, languageOf, nameIn } from './page-words.js';

@Controller()
export class PreferencesController {
  constructor(@Inject(Preferences) private readonly preferences: Preferences) {}

  @Handle(trackingRoutes.preferences)
  async show(
    @Input() { params }: InputOf<typeof trackingRoutes.preferences>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const page = await this.preferences.page(params.token);
    if (!page) return sendUnknown(request, reply);
    const language = languageFor(page, request);
    const title = page.topics.length ? language.words.topicsTitle : language.words.unsubscribeTitle;
    const { lang } = language;
    sendPage(reply, 200, { lang, title, from: page.organization, body: choices(page, language) });
  }

  @Handle(trackingRoutes.unsubscribe)
  async unsubscribe(
    @Input() { params }: InputOf<typeof trackingRoutes.unsubscribe>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const choice = choiceOf(await formOf(request));
    const proof = { ip: request.ip, userAgent: request.headers['user-agent'] };
    const page = await this.preferences.choose(params.token, choice, proof);
    if (!page) return sendUnknown(request, reply);
    const { lang, words } = languageFor(page, request);
    const [title, text] =
      choice.kind === 'topics' ? [words.savedTitle, words.savedText] : [words.doneTitle, words.doneText];
    const topics = page.topics.length ? choices(page, { lang, words }, choice.kind === 'all') : '';
    const body = `<p class="done" role="status">${escapeHtml(text)}</p>${topics}`;
    sendPage(reply, 200, { lang, title, from: page.organization, body });
  }
}

const languageFor = (page: PreferencePage, request: FastifyRequest): Language =>
  languageOf([
    page.locale,
    ...acceptedLanguages(request.headers['accept-language']),
    page.organization.locale,
  ]);

/** Whatever posts here wants out, unless it is the form of the page saying what to keep. */
function choiceOf(form: Map<string, string[]>): Choice {
  const action = form.get('action')?.[0];
  if (action === 'save') return { kind: 'topics', keep: form.get('topic') ?? [] };
  return { kind: action === 'all' ? 'all' : 'one_click' };
}

/** `left`: they just left everything, so that is not offered again. */
function choices(page: PreferencePage, { lang, words }: Language, left = false): string {
  const channel = words.channels[page.channel] ?? words.messages;
  if (page.topics.length === 0)
    return `<p>${escapeHtml(words.unsubscribeText(channel))}</p>
<form method="post"><button name="action" value="all">${escapeHtml(words.unsubscribe)}</button></form>`;
  const boxes = page.topics.map(
    ({ key, name, subscribed }) =>
      `<label><input type="checkbox" name="topic" value="${escapeHtml(key)}"${subscribed ? ' checked' : ''}> ${escapeHtml(nameIn(name, lang) || key)}</label>`,
  );
  return `<p>${escapeHtml(words.topicsText(channel))}</p>
<form method="post"><fieldset><legend>${escapeHtml(words.topics)}</legend>${boxes.join('\n')}</fieldset>
<button name="action" value="save">${escapeHtml(words.save)}</button>${
    left ? '' : `<button class="quiet" name="action" value="all">${escapeHtml(words.unsubscribeAll)}</button>`
  }</form>`;
}
