import type { FlowFinding } from '@halyard/contracts/flows/check';
import type { FlowDefinition, MessageStep } from '@halyard/contracts/flows/definition';
import type { Channel } from '@halyard/contracts/primitives';
import { sendHours } from '../../delivery/send-hours.js';
import { isAllowed } from '../../time/windows.js';
import type { Known } from '../known.js';
import { messageZone } from '../timing.js';
import type { Calendar } from './calendar.js';
import { datesOf, roomyCalendar, startsOf } from './calendar.js';
import { shown } from './counterexample.js';
import type { Effort } from './effort.js';
import { enough } from './effort.js';
import type { TimedMessage, TimedPath } from './timed-paths.js';
import { timedPaths } from './timed-paths.js';
import { witness } from './witness.js';

const chatWindowMs = 24 * 3_600_000;
/** They take free text only within a day of the person's last message. Approved templates of WhatsApp go any time. */
const windowed: readonly Channel[] = ['whatsapp', 'messenger', 'instagram'];
const mostSteps = 6_000;

/**
 * Whether a message is planned where its channels are shut: free text on chat channels more than a day after the person
 * wrote (an error: nobody gets it), and local times of day in quiet hours or outside send windows (a warning: it is held
 * until they open).
 */
export function checkWindows(definition: FlowDefinition, known: Known): FlowFinding[] {
  const found = new Map<string, FlowFinding>();
  const left = { steps: mostSteps };
  const effort = enough();
  for (const start of startsOf(definition, known.timeZone)) {
    const calendar = roomyCalendar(definition, known.timeZone, start);
    for (const path of timedPaths(definition, calendar, left))
      for (const message of path.messages) {
        if (found.has(message.step.id)) continue;
        const finding = findingOf(message, path, { definition, known, calendar, effort });
        if (finding) found.set(message.step.id, finding);
      }
  }
  return [...found.values()];
}

interface Looking {
  definition: FlowDefinition;
  known: Known;
  calendar: Calendar;
  effort: Effort;
}

function findingOf(
  message: TimedMessage,
  path: TimedPath,
  { definition, known, calendar, effort }: Looking,
): FlowFinding | null {
  const { step, at } = message;
  const shut = chatsShut(message, known);
  const isChat = shut.length === step.channels.length;
  if (!isChat && !isHeld(message, calendar, definition, known)) return null;
  const seen = witness(definition, path.way, calendar, effort);
  if (!seen?.messages.some((one) => one.step === step.id && one.at.getTime() === at.getTime())) return null;
  const place = `steps.${definition.steps.indexOf(step)}`;
  const sent = { ...seen, messages: [{ step: step.id, at }] };
  const names = step.channels.join(', ');
  if (isChat)
    return {
      severity: 'error',
      rule: 'chat_window',
      path: place,
      message: `Step "${step.id}" is free text on ${shut.join(' and ')}, which is only taken within 24 hours of the person's last message: use an approved template, or add a channel such as email.`,
      counterexample: shown(sent, known.timeZone, (language, clock) =>
        language === 'en'
          ? `${step.id} is due on ${clock(at)}, and ${names} takes it only if they wrote in the 24 hours before.`
          : `${step.id} ist am ${clock(at)} fällig, und ${names} nimmt es nur an, wenn sie in den 24 Stunden davor geschrieben haben.`,
      ),
    };
  return {
    severity: 'warning',
    rule: 'hours',
    path: `${place}.timing.at`,
    message: `Step "${step.id}" is meant for ${step.timing?.at}, when the organization sends nothing on ${names}: it is held until it does. Choose another time, or change the organization's hours.`,
    counterexample: shown(sent, known.timeZone, (language, clock) =>
      language === 'en'
        ? `${step.id} is due on ${clock(at)}, when nothing goes out on ${names}.`
        : `${step.id} ist am ${clock(at)} fällig, und um diese Zeit geht auf ${names} nichts hinaus.`,
    ),
  };
}

function chatsShut({ step, at, lastHeard }: TimedMessage, known: Known): Channel[] {
  if (lastHeard && at.getTime() - lastHeard.getTime() < chatWindowMs) return [];
  return step.channels.filter(
    (channel) =>
      windowed.includes(channel) && known.templates.get(keyOf(step, channel))?.get(channel)?.free_text,
  );
}

/** Only what names a time of day is meant for it; all else comes when it comes and may well wait for the morning. */
function isHeld(
  { step, at }: TimedMessage,
  calendar: Calendar,
  definition: FlowDefinition,
  known: Known,
): boolean {
  if (!step.timing?.at) return false;
  const zone = messageZone(step, definition, datesOf(calendar));
  return step.channels.every((channel) => {
    const rules = sendHours(known.policy, channel, step.class);
    return rules !== null && !isAllowed(at, rules, [zone]);
  });
}

export const keyOf = ({ template }: MessageStep, channel: Channel): string =>
  (typeof template === 'string' ? template : template[channel]) ?? '';
