import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import type { EntityType } from '../../events/entities.js';
import type { ContactId, FlowId, FlowVersionId, RunId } from '../../ids.js';
import { draw, lot } from '../lot.js';
import type { Facts, Run } from '../run.js';
import { startRun } from '../run.js';
import type { Calendar } from './calendar.js';
import { datesOf } from './calendar.js';
import type { Turn } from './choices.js';
import type { Effort } from './effort.js';
import { entityOf } from './subject-at-entry.js';

const ids = { id: 'run' as RunId, flowId: 'flow' as FlowId, versionId: 'version' as FlowVersionId };

/** What the drawing of a lot takes, in comparisons. */
const drawing = 5;
const mostContacts = 5_000;
const weightOf = (arms: readonly { weight: number }[]): number =>
  arms.reduce((sum, { weight }) => sum + weight, 0);

/** Somebody on whom the lot falls as the way has it; null when nobody like that is easily found. */
export function contactFor(
  definition: FlowDefinition,
  way: readonly Turn[],
  effort: Effort,
): ContactId | null {
  const steps = new Map(definition.steps.map((step) => [step.id, step]));
  const lots = way.flatMap(({ step: id, took }) => {
    const step = steps.get(id);
    const arm = step?.type === 'split' && took ? step.arms[Number(took.slice('arms.'.length))] : undefined;
    return step?.type === 'split' && arm ? { step, arm } : [];
  });
  const shares = new Map(lots.map(({ step, arm }) => [step.id, arm.weight / weightOf(step.arms)]));
  const chance = [...shares.values()].reduce((product, share) => product * share, 1);
  if (chance * mostContacts < 0.01) return null;
  for (let n = 0; n < mostContacts; n++) {
    const contactId = `contact-${n}` as ContactId;
    const falls = ({ step, arm }: (typeof lots)[number]) => {
      effort.steps -= drawing;
      return draw(step.arms, lot(ids.flowId, contactId, step.id)) === arm;
    };
    if (lots.every(falls)) return contactId;
  }
  return null;
}

/** Their run as it begins. */
export function runOf(definition: FlowDefinition, contactId: ContactId, startedAt: Date): Run {
  const type = kindOfSubject(definition);
  const subject = type && { type, id: type };
  return startRun({ ...ids, contactId, subject, triggerEventId: null }, definition, startedAt);
}

/** What a run is about: what its trigger is, else a booking where dates of a subject are asked for. */
function kindOfSubject(definition: FlowDefinition): EntityType | null {
  const anchored = definition.steps.some(
    (step) => step.type === 'message' && step.timing?.anchor?.startsWith('subject.'),
  );
  return entityOf(definition) ?? (anchored ? 'booking' : null);
}

const beginning = {
  booking: { type: 'booking', id: 'booking', status: 'confirmed' },
  enrollment: { type: 'enrollment', id: 'enrollment', status: 'active', completed_percent: 0 },
};

/** What is so about them before anything is asked: as little as can be. */
export function firstFacts(definition: FlowDefinition, calendar: Calendar): Facts {
  const { trigger } = definition;
  const dates = datesOf(calendar);
  const kind = kindOfSubject(definition);
  return {
    contact: { id: 'contact', attributes: {} },
    product: null,
    steps: {},
    ...dates,
    subject: kind && { ...beginning[kind], ...(dates.subject as object) },
    event:
      trigger.type === 'event'
        ? {
            type: anEventOf(trigger.event),
            payload: {},
            occurred_at: calendar.startedAt.toISOString(),
            ...(dates.event as object),
          }
        : null,
  };
}

/** An event type that a pattern means. */
export const anEventOf = (pattern: string): string => pattern.replace(/\.\*$/, '.any');
