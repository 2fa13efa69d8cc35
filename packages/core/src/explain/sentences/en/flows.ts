import type { FlowStatus } from '@halyard/contracts/flows/flow';
import type { Sentences } from '../sentences.js';

const standings: Record<FlowStatus, string> = {
  draft: 'not published yet',
  live: 'live',
  paused: 'paused',
  archived: 'archived',
};

export const flows: Sentences['flows'] = {
  flow_not_live: ({ flow, stood }) =>
    `${flow} took no contacts then: it was ${stood ? standings[stood.status] : 'never published'}${stood?.since ? ` (since ${stood.since})` : ''}.`,
  published_later: ({ flow }) => `${flow} was published only after this event.`,
  no_version: ({ flow }) => `No version of ${flow} took new contacts then: none had a weight.`,
  no_occasion: ({ flow, event }) =>
    event
      ? `${event.type} is not what ${flow} waits for.`
      : `Nothing has happened to this contact that ${flow} waits for.`,
  condition: ({ flow, event }) =>
    `It did not enter ${flow}${event ? ` at ${event.type} of ${event.at}` : ''}: the condition did not hold.`,
  reentry: ({ flow, run }) =>
    `It did not enter ${flow} again: re-entry does not allow it${run ? `, as it entered at ${run.startedAt}` : ''}.`,
  unclear: ({ flow }) =>
    `Evaluated anew it would enter ${flow}, and yet it did not: something that is only known as it is now was different then, or changed before the event was decided.`,
  pending: ({ event }) => `${event?.type ?? 'The event'} waits for its decision.`,
  gave_up: ({ event }) => `${event?.type ?? 'The event'} could not be decided; a person must look at it.`,
  time: ({ flow, step, until }) => `It is in ${flow} and waits at step ${step} until ${until}.`,
  date_missing: ({ flow, step }) => `It is in ${flow} and waits at step ${step} for a date that is not set.`,
  event: ({ flow, step, waitingFor, until }) =>
    `It is in ${flow} and waits at step ${step} for ${waitingFor}, until ${until} at the latest.`,
  messages: ({ flow, until }) => `It is through all steps of ${flow}; its last message is due at ${until}.`,
  workflow: ({ flow, step, until }) =>
    `It is in ${flow} and waits at step ${step} for the answer of a workflow, until ${until} at the latest.`,
  due: ({ flow, step }) => `It is in ${flow} at step ${step} and goes on any moment.`,
  goal: ({ flow, name }) => `It left ${flow} because the goal “${name}” was reached.`,
  exit_rule: ({ flow, name }) => `It left ${flow} by the exit “${name}”.`,
  exit_step: ({ flow, name }) => `It left ${flow} at an exit step (${name}).`,
  subject_cancelled: ({ flow }) => `It left ${flow} because what it is about was cancelled.`,
  stopped: ({ flow, name }) => `Its run of ${flow} was stopped (${name}).`,
  finished: ({ flow, run }) =>
    `It went through all of ${flow}${run?.endedAt ? ` and was done at ${run.endedAt}` : ''}.`,
  run_failed: ({ flow, name }) => `Its run of ${flow} failed (${name}); a person must look at it.`,
};

export const outcomes: Sentences['outcomes'] = {
  enters: 'it would enter',
  reentry: 'this condition would hold, but re-entry would still keep it out',
  stays: 'it would have stayed',
  goes_on: 'the wait would have ended',
  other_way: 'it would have gone another way',
  holds: 'the condition would hold',
};

export const changes: Sentences['changes'] = {
  fact: ({ field, from, to }) => `${field} were ${to} instead of ${from}`,
  other_subject: () => 'the event were about another subject',
  start_again: () => 'somebody started it by hand with “again”',
  make_live: () => 'the flow were live',
};
