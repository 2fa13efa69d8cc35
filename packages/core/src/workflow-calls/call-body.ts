import { renderData } from './render-data.js';
import type { CallContent } from './workflow-call.js';

/** The same bytes at every try. `answerUrl`: null where nobody waits for an answer. */
export function callBody(
  call: { id: string; createdAt: Date; until: Date; content: CallContent },
  answerUrl: string | null,
): string {
  const { data, steps, organization, ...content } = call.content;
  const answer = answerUrl && { url: answerUrl, until: call.until.toISOString() };
  const facts = { ...content, steps, organization };
  return JSON.stringify({
    type: 'workflow.called',
    timestamp: call.createdAt.toISOString(),
    data: { call_id: call.id, ...content, data: renderData(data, facts), answer },
  });
}
