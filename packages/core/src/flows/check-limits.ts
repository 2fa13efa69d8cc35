import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { Issue } from '../domain-error.js';
import { addDuration } from '../time/arithmetic.js';
import type { Known } from './known.js';
import type { TimedMessage } from './timed-paths.js';
import { timedPaths } from './timed-paths.js';

const chatWindowMs = 24 * 3_600_000;
/** They take free text only within a day of the person's last message. Approved templates of WhatsApp go any time. */
const windowed = ['whatsapp', 'messenger', 'instagram'];

/** Whether any path breaks what would stop its messages at release: the organization's caps, the windows of chat channels. */
export function checkLimits(definition: FlowDefinition, known: Known): Issue[] {
  const found = new Map<string, string>();
  const paths = timedPaths(definition);
  for (const cap of known.caps) {
    const ends = new Map<number, Date>(); // paths share most of their moments, and calendars are slow
    for (const path of paths) overCap(path, cap, ends, found);
  }
  for (const message of paths.flat()) outsideWindow(message, known, found);
  return definition.steps.flatMap(({ id }, n) => {
    const message = found.get(id);
    return message ? { path: `steps.${n}`, message } : [];
  });
}

function overCap(
  path: TimedMessage[],
  cap: Known['caps'][number],
  ends: Map<number, Date>,
  found: Map<string, string>,
): void {
  const counted = path.filter(
    ({ step }) => step.class === 'marketing' && (!cap.channel || step.channels[0] === cap.channel),
  );
  for (const [n, { at }] of counted.entries()) {
    const over = counted[n + cap.messages];
    if (!over) continue;
    const end = ends.get(at.getTime()) ?? addDuration(at, cap.per, 'UTC');
    ends.set(at.getTime(), end);
    if (over.at >= end) continue;
    const allowed = `${cap.messages}${cap.channel ? ` on ${cap.channel}` : ''}`;
    found.set(
      over.step.id,
      `Step "${over.step.id}" is one marketing message too many: the organization allows ${allowed} within ${cap.per}. Put more time before it.`,
    );
  }
}

function outsideWindow(
  { step, at, lastHeard }: TimedMessage,
  known: Known,
  found: Map<string, string>,
): void {
  if (lastHeard && at.getTime() - lastHeard.getTime() < chatWindowMs) return;
  const stopped = step.channels.filter((channel) => {
    const key = typeof step.template === 'string' ? step.template : step.template[channel];
    return windowed.includes(channel) && known.freeText.has(`${key}:${channel}`);
  });
  if (stopped.length < step.channels.length) return;
  found.set(
    step.id,
    `Step "${step.id}" is free text on ${stopped.join(' and ')}, which is only taken within 24 hours of the person's last message: use an approved template, or add a channel such as email.`,
  );
}
