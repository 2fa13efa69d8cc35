import type { FlowDefinition, MessageStep, Step, WaitStep } from '@halyard/contracts/flows/definition';
import type { Issue } from '../domain-error.js';
import { signOf } from '../time/arithmetic.js';
import { checkWorkflow } from './check-workflow.js';
import { entityOf } from './checks/subject-at-entry.js';
import { conditionsOf, fieldsOf } from './conditions-of.js';
import type { Finding } from './finding.js';
import type { Known } from './known.js';
import { isCron } from './schedule.js';

/** Whether each step by itself makes sense. */
export function checkSteps(definition: FlowDefinition, known: Known | null): Issue[] {
  return definition.steps.flatMap((step, n) =>
    checkStep(step, definition, known).map(([path, message]) => ({ path: `steps.${n}.${path}`, message })),
  );
}

function checkStep(step: Step, definition: FlowDefinition, known: Known | null): Finding[] {
  switch (step.type) {
    case 'message':
      return [...checkTemplates(step, known), ...checkTiming(step, definition)];
    case 'wait':
      return checkWait(step, definition);
    case 'split':
      if (step.arms.some(({ weight }) => weight > 0)) return [];
      return [['arms', `All arms of step "${step.id}" have weight 0: give at least one a share.`]];
    case 'n8n_workflow':
      return checkWorkflow(step, known);
    case 'start_flow':
    case 'stop_flow':
      return checkFlowName(step, definition, known);
    default:
      return [];
  }
}

function checkTemplates(step: MessageStep, known: Known | null): Finding[] {
  const findings: Finding[] = [];
  if (new Set(step.channels).size < step.channels.length)
    findings.push([
      'channels',
      `Step "${step.id}" names a channel twice: name each once, in the order of trying.`,
    ]);
  if (typeof step.template === 'object')
    for (const channel of step.channels)
      if (!step.template[channel])
        findings.push([
          'template',
          `Step "${step.id}" has no template for ${channel}: name one, or drop the channel.`,
        ]);
  for (const channel of known ? step.channels : []) {
    const key = typeof step.template === 'string' ? step.template : step.template[channel];
    if (key && !known?.templates.get(key)?.has(channel))
      findings.push([
        'template',
        `Step "${step.id}" uses the template "${key}", which does not exist for ${channel}: create it, or name another.`,
      ]);
  }
  return findings;
}

function checkTiming(step: MessageStep, definition: FlowDefinition): Finding[] {
  const { timing } = step;
  if (!timing) return [];
  const findings: Finding[] = [];
  if (timing.from === 'anchor' && !timing.anchor)
    findings.push([
      'timing.anchor',
      `Step "${step.id}" counts from an anchor: name it, such as subject.starts_at.`,
    ]);
  if (timing.from !== 'anchor' && timing.anchor)
    findings.push([
      'timing.from',
      `Step "${step.id}" names an anchor: set timing.from to "anchor", or drop the anchor.`,
    ]);
  if (timing.anchor) findings.push(...checkAnchor(timing.anchor, 'timing.anchor', step, definition));
  if (timing.from !== 'anchor' && timing.offset && signOf(timing.offset) < 0)
    findings.push([
      'timing.offset',
      `Step "${step.id}" lies before the run starts: only an anchor can have a negative offset.`,
    ]);
  if (timing.expires_after && signOf(timing.expires_after) <= 0)
    findings.push([
      'timing.expires_after',
      `Step "${step.id}" expires before it is sent: give a duration above zero.`,
    ]);
  return findings;
}

function checkWait(step: WaitStep, definition: FlowDefinition): Finding[] {
  const { wait } = step;
  switch (wait.for) {
    case 'duration':
      if (signOf(wait.duration) > 0) return [];
      return [['wait.duration', `Step "${step.id}" does not wait: give a duration above zero, such as P1D.`]];
    case 'event':
      if (signOf(wait.timeout) > 0) return [];
      return [['wait.timeout', `Step "${step.id}" would not wait for the event: give a timeout above zero.`]];
    case 'anchor':
      return checkAnchor(wait.anchor, 'wait.anchor', step, definition);
    case 'time':
      return [];
  }
}

const entityDates = {
  booking: ['starts_at', 'ends_at', 'created_at', 'checked_in_at', 'completed_at', 'cancelled_at'],
  enrollment: ['last_activity_at', 'enrolled_at', 'completed_at', 'cancelled_at'],
};
const entityNames = { booking: 'a booking', enrollment: 'an enrollment' };
const productDates = ['starts_at', 'ends_at', 'created_at'];

/** Anchors that no run of this flow can ever have a date for. */
function checkAnchor(anchor: string, path: string, step: Step, { trigger }: FlowDefinition): Finding[] {
  const [kind = '', field = ''] = anchor.split('.');
  const none = (why: string): Finding[] => [[path, `Step "${step.id}" counts from ${anchor}, but ${why}`]];
  if (kind === 'event' && trigger.type !== 'event')
    return none('no event starts this flow: use an event trigger, or another anchor.');
  if (kind === 'event' && field !== 'payload' && field !== 'occurred_at')
    return none('an event has no such date: use event.occurred_at or one in event.payload.');
  if (kind !== 'subject' && kind !== 'product') return [];
  if (!hasSubject(trigger))
    return none(
      'this trigger brings no booking or enrollment with it: start the flow by an event of one, or use another anchor.',
    );
  const entity = entityOf({ trigger });
  if (entity === 'enrollment' && kind === 'product')
    return none('an enrollment is of no product: use subject.last_activity_at or another anchor.');
  const dates = kind === 'product' ? productDates : entityDates[entity ?? 'booking'];
  if (entity && field !== 'attributes' && !dates.includes(field))
    return none(
      `${kind === 'product' ? 'a product' : entityNames[entity]} has no such date: use ${kind}.${dates.slice(0, 2).join(` or ${kind}.`)}.`,
    );
  return [];
}

/** Events of Halyard's own about a person only, and schedules, have no subject; any other event may have one. */
const hasSubject = (trigger: FlowDefinition['trigger']): boolean =>
  trigger.type === 'event'
    ? !/^(contact|consent|outreach)\./.test(trigger.event)
    : trigger.type !== 'schedule';

function checkFlowName(
  step: Extract<Step, { type: 'start_flow' | 'stop_flow' }>,
  { reentry }: FlowDefinition,
  known: Known | null,
): Finding[] {
  if (!known) return [];
  if (!known.flows.has(step.flow))
    return [
      [
        'flow',
        `Step "${step.id}" names the flow "${step.flow}", which does not exist: name a flow by its key.`,
      ],
    ];
  if (step.type === 'start_flow' && step.flow === known.self && reentry === 'always')
    return [
      ['flow', `Step "${step.id}" starts this flow again without end: lead back by next, after a wait.`],
    ];
  return [];
}

/** Whether the facts that conditions look at, and the times of the trigger, can exist. */
export function checkFacts(definition: FlowDefinition): Issue[] {
  const told = new Set(
    definition.steps.flatMap(({ id, type }) => (type === 'message' || type === 'n8n_workflow' ? id : [])),
  );
  const issues = conditionsOf(definition).flatMap(({ path, step, condition }) =>
    fieldsOf(condition).flatMap((field) => {
      const [kind, id = ''] = field.split('.');
      if (kind !== 'steps' || told.has(id)) return [];
      const where = step ? `Step "${step}"` : 'A condition of the flow';
      return {
        path,
        message: `${where} asks what became of "${id}", which is neither a message nor a workflow: name a step that is.`,
      };
    }),
  );
  const { trigger } = definition;
  if (trigger.type === 'schedule' && !isCron(trigger.cron))
    issues.push({
      path: 'trigger.cron',
      message: 'This is no cron expression: give five fields, such as 0 9 * * 1 for Mondays at nine.',
    });
  return issues;
}
