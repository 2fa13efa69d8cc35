import type { Sentences } from './sentences.js';
import { amiss, fine } from './sentences.js';

/** Why planning, a person or a rule ended a message. */
const reasons: Record<string, string> = {
  past: 'its moment was already over when it was planned',
  unplanned: 'the plan no longer holds it',
  goal_reached: 'the flow’s goal was reached',
  exited: 'the run left the flow',
  subject_cancelled: 'what it is about (the booking) was cancelled',
  subject_missing: 'what it is about is not there any more',
  flow_stopped: 'the run was stopped',
  cancelled_by_person: 'a person cancelled it',
  suppressed: 'the address is on the suppression list',
  opted_out: 'they opted out',
  no_consent: 'they never gave their consent',
  no_address: 'there is no address for its channels',
  condition_not_met: 'the condition of its step does not hold',
  window_closed: 'the channel’s 24-hour window is closed',
  contact_missing: 'the contact is not there',
  contact_erased: 'the contact was erased',
  template_missing: 'there is no template for it',
  not_rendered: 'its content could not be made',
  expired: 'its time was over',
  rejected: 'the provider refused it',
  awaiting_report: 'the provider gave no answer; its report is awaited',
  no_answer: 'the provider gave no answer, and nothing tells whether it arrived',
  key_window_over: 'the provider gave no answer, and it is too late to repeat it safely',
  not_repeatable: 'it may have arrived, and cannot be repeated safely now',
};

const because = (reason: unknown): string => {
  if (typeof reason !== 'string') return '';
  return `, because ${Object.hasOwn(reasons, reason) ? reasons[reason] : `of “${reason}”`}`;
};

const on = (facts: Record<string, unknown>): string =>
  typeof facts.channel === 'string' ? ` on ${facts.channel}` : '';

export const en: Sentences = {
  checks: {
    expiry: ({ passed, facts }, { at }) =>
      passed
        ? fine('It has not expired.')
        : amiss(`It expired at ${at(facts.expires_at)}.`, 'It would have to be released before it expires.'),
    plan_current: ({ passed, facts }) =>
      passed
        ? fine('Its plan is up to date.')
        : amiss(
            facts.undecided_event
              ? 'An event of its subject was not decided yet.'
              : 'Its subject changed after it was planned.',
            'The events of its subject would have to be decided, and its plan brought up to date.',
          ),
    subject_state: ({ passed, reason, facts }, { value }) => {
      if (passed)
        return fine(
          facts.status ? `Its booking is ${value(facts.status)}.` : 'No booking stands in its way.',
        );
      return reason === 'subject_missing'
        ? amiss('Its booking is not there.', 'Its booking would have to exist.')
        : amiss('Its booking is cancelled.', 'Its booking would have to stand.');
    },
    contact: ({ passed, reason }) => {
      if (passed) return fine('There is somebody to write to.');
      return reason === 'contact_erased'
        ? amiss('The contact was erased.', 'Nothing: what was erased is not written to again.')
        : amiss('There is no contact.', 'It would have to be for a contact, or name an address.');
    },
    condition: ({ passed }) =>
      passed
        ? fine('The condition of its step holds, or it has none.')
        : amiss('The condition of its step does not hold.', 'The condition would have to hold.'),
    address: ({ passed, facts }) =>
      passed
        ? fine(`There is an address${on(facts)}.`)
        : amiss(`There is no address${on(facts)}.`, `The contact would need an address${on(facts)}.`),
    suppression: ({ passed, facts }, { value }) =>
      passed
        ? fine(`The address${on(facts)} is not suppressed.`)
        : amiss(
            `The address${on(facts)} is on the suppression list (${value(facts.reason)}).`,
            'The address would have to be taken off the suppression list.',
          ),
    consent: ({ passed, reason, facts }) => {
      if (passed && facts.consent_id) return fine(`They gave their consent${on(facts)}.`);
      if (passed) return fine(`It needs no consent${on(facts)}.`);
      return reason === 'opted_out'
        ? amiss(`They opted out${on(facts)}.`, 'They would have to give their consent again.')
        : amiss(
            `They never gave their consent${on(facts)}.`,
            `They would have to allow messages${on(facts)}.`,
          );
    },
    content: ({ passed, facts }) =>
      passed
        ? fine(`There is content${on(facts)}.`)
        : amiss(`There is no template${on(facts)}.`, `A template${on(facts)} would have to be written.`),
    channel_window: ({ passed, facts }) =>
      passed
        ? fine('The channel’s window lets it through.')
        : amiss(
            `The 24 hours after their last message${on(facts)} are over.`,
            'They would have to write first, or it would have to be an approved template.',
          ),
    connection: ({ passed, reason, facts }) => {
      if (passed) return fine(`A connection${on(facts)} takes it.`);
      if (reason === 'no_connection')
        return amiss(
          `There is no active connection${on(facts)}.`,
          `A connection${on(facts)} would have to be made or resumed.`,
        );
      if (reason === 'breaker_open')
        return amiss(
          `No provider${on(facts)} could be reached lately.`,
          'The provider would have to be reachable again.',
        );
      if (reason === 'rejected')
        return amiss(
          `Every connection${on(facts)} has refused it.`,
          'There would have to be one that has not refused it.',
        );
      return amiss(
        `The connection${on(facts)} cannot be used.`,
        'Its settings or secrets would have to be mended.',
      );
    },
    hours: ({ passed, reason, facts }, { value }) => {
      if (passed) return fine('It is within the allowed hours where the recipient is.');
      return reason === 'no_allowed_hours'
        ? amiss(
            'The allowed hours have no time in common.',
            'Quiet hours and send windows would have to leave a time.',
          )
        : amiss(
            `It is outside the allowed hours where the recipient is (${value(facts.zones)}).`,
            'It would have to be a later time of day there, or the quiet hours shorter.',
          );
    },
    caps: ({ passed, facts }, { value }) =>
      passed
        ? fine('The cap on marketing messages is not reached.')
        : amiss(
            `They had ${value(facts.released)} marketing messages lately; ${value(facts.messages)} are allowed in ${value(facts.per)}.`,
            'Fewer messages would have to have gone out to them lately.',
          ),
    rates: ({ passed, facts }, { value }) =>
      passed
        ? fine('The sending rate has room.')
        : amiss(
            `The sending rate is used up (${value(facts.bucket)}).`,
            'Fewer messages would have to go out at this moment.',
          ),
    render: ({ passed, facts }, { value }) =>
      passed
        ? fine('Its content was made.')
        : amiss(
            `Its content could not be made: ${value(facts.problem)}.`,
            'The template would have to be mended.',
          ),
    repeat: ({ passed }) =>
      passed
        ? fine('It can be repeated safely.')
        : amiss(
            'It may have arrived before, and cannot be repeated safely.',
            'Look it up at the provider; a person can send it again.',
          ),
  },
  released: {
    send: ({ facts }) =>
      `All rules let it through: it was handed over${typeof facts.channel === 'string' ? ` by ${facts.channel}` : ''}.`,
    defer: ({ facts }, { at }) => `It was put off until ${at(facts.until)}.`,
    skipped: () => 'So it was skipped.',
    expired: () => 'So it was not sent any more.',
    failed: () => 'So it failed.',
    dead: () => 'So a person must look at it.',
    unknown: () => 'So nobody can say whether it arrived.',
  },
  decisions: {
    plan: ({ verdict, facts, cause }, { at }) => {
      const after = cause ? ` after ${cause}` : '';
      if (verdict === 'moved') return `Its plan changed${after}: it is now due at ${at(facts.planned_at)}.`;
      if (verdict === 'revived') return `It was planned again${after}, for ${at(facts.planned_at)}.`;
      return `It was ${verdict === 'skipped' ? 'skipped' : 'cancelled'}${after}${because(facts.reason)}.`;
    },
    branch: ({ verdict, facts }, { value }) =>
      `At branch ${value(facts.step)} the run went ${verdict === 'end' ? 'to the end' : `to ${verdict}`}.`,
    split: ({ verdict, facts }, { value }) => `At split ${value(facts.step)} the lot fell on ${verdict}.`,
    wait: ({ verdict, facts }, { at, value }) =>
      verdict === 'open'
        ? `At step ${value(facts.step)} it waits for a date that is not set.`
        : `At step ${value(facts.step)} it waits until ${at(verdict)} at the latest.`,
    wait_event: ({ verdict, facts }, { value }) =>
      verdict === 'timeout'
        ? `At step ${value(facts.step)} the event did not come in time.`
        : `At step ${value(facts.step)} the event ${verdict} came.`,
    exit_step: ({ verdict, facts }, { value }) => `It left at step ${value(facts.step)} (${verdict}).`,
    run_end: ({ verdict, facts }, { value }) => `The run ended as ${verdict} (${value(facts.reason)}).`,
  },
  attempts: {
    accepted: ({ provider, channel }) => `${provider} took it (${channel}).`,
    rejected: ({ provider, channel, detail }, { value }) =>
      `${provider} refused it (${channel}): ${value(detail)}.`,
    throttled: ({ provider }) => `${provider} asked to wait.`,
    failed_before_send: ({ provider, detail }, { value }) =>
      `${provider} was not reached, nothing was sent: ${value(detail)}.`,
    unknown: ({ provider, detail }, { value }) =>
      `${provider} gave no clear answer (${value(detail)}): it may have arrived.`,
    under_way: ({ provider }) => `A call to ${provider} is under way.`,
  },
  reports: {
    delivered: () => 'The provider reported: delivered.',
    bounced: (detail) => `The provider reported a bounce${detail ? `: ${detail}` : ''}.`,
    soft_bounced: (detail) => `The provider reported a passing bounce${detail ? `: ${detail}` : ''}.`,
    complained: () => 'The recipient complained of spam.',
    failed: (detail) => `The provider reported a failure${detail ? `: ${detail}` : ''}.`,
    opened: () => 'It was opened.',
    clicked: () => 'A link in it was clicked.',
    unsubscribed: () => 'The recipient unsubscribed.',
    inbound: () => 'The recipient answered.',
  },
  statuses: {
    scheduled: ({ reason, due }) =>
      reason ? `It is put off and tried again at ${due}.` : `It is due at ${due}.`,
    sending: () => 'It is being sent.',
    sent: () => 'It was sent; the provider has not reported a delivery.',
    delivered: () => 'It was delivered.',
    bounced: () => 'It came back.',
    failed: ({ reason }) => `It failed${because(reason)}.`,
    unknown: ({ reason }) => `Nobody knows whether it arrived${because(reason)}.`,
    dead: ({ reason }) => `A person must look at it${because(reason)}.`,
    skipped: ({ reason }) => `It was skipped${because(reason)}.`,
    cancelled: ({ reason }) => `It was cancelled${because(reason)}.`,
    expired: () => 'It expired before it could be sent.',
  },
  sources: {
    flow: 'A flow planned it.',
    api: 'It was ordered through the API.',
    outreach: 'Another service pushed it as an outreach item.',
    campaign: 'A campaign made it.',
    test: 'It is a test message.',
    system: 'Halyard made it as an answer to the recipient.',
  },
  flows: {
    flow_not_live: ({ flow }) => `${flow} takes no contacts: it is not live.`,
    published_later: ({ flow }) => `${flow} was published only after this event.`,
    no_version: ({ flow }) => `No version of ${flow} takes new contacts.`,
    no_occasion: ({ flow, event }) =>
      event
        ? `${event.type} is not what ${flow} waits for.`
        : `Nothing has happened to this contact that ${flow} waits for.`,
    condition: ({ flow, event }) =>
      `It did not enter ${flow}${event ? ` at ${event.type} of ${event.at}` : ''}: the condition did not hold.`,
    reentry: ({ flow, run }) =>
      `It did not enter ${flow} again: re-entry does not allow it${run ? `, as it entered at ${run.startedAt}` : ''}.`,
    unclear: ({ flow }) =>
      `Evaluated anew it would enter ${flow}, and yet it did not: something that is only known as it is now was different then.`,
    pending: ({ event }) => `${event?.type ?? 'The event'} waits for its decision.`,
    gave_up: ({ event }) => `${event?.type ?? 'The event'} could not be decided; a person must look at it.`,
    time: ({ flow, step, until }) => `It is in ${flow} and waits at step ${step} until ${until}.`,
    date_missing: ({ flow, step }) =>
      `It is in ${flow} and waits at step ${step} for a date that is not set.`,
    event: ({ flow, step, waitingFor, until }) =>
      `It is in ${flow} and waits at step ${step} for ${waitingFor}, until ${until} at the latest.`,
    messages: ({ flow, until }) => `It is through all steps of ${flow}; its last message is due at ${until}.`,
    due: ({ flow, step }) => `It is in ${flow} at step ${step} and goes on any moment.`,
    goal: ({ flow, name }) => `It left ${flow} because the goal “${name}” was reached.`,
    exit_rule: ({ flow, name }) => `It left ${flow} by the exit “${name}”.`,
    exit_step: ({ flow, name }) => `It left ${flow} at an exit step (${name}).`,
    subject_cancelled: ({ flow }) => `It left ${flow} because what it is about was cancelled.`,
    stopped: ({ flow, name }) => `Its run of ${flow} was stopped (${name}).`,
    finished: ({ flow, run }) =>
      `It went through all of ${flow}${run?.endedAt ? ` and was done at ${run.endedAt}` : ''}.`,
    run_failed: ({ flow, name }) => `Its run of ${flow} failed (${name}); a person must look at it.`,
  },
  comparisons: {
    eq: (field, value, fact) => `${field} had to be ${value} and was ${fact}`,
    neq: (field, value, fact) => `${field} had to be other than ${value} and was ${fact}`,
    gt: (field, value, fact) => `${field} had to be more than ${value} and was ${fact}`,
    gte: (field, value, fact) => `${field} had to be at least ${value} and was ${fact}`,
    lt: (field, value, fact) => `${field} had to be less than ${value} and was ${fact}`,
    lte: (field, value, fact) => `${field} had to be at most ${value} and was ${fact}`,
    in: (field, value, fact) => `${field} had to be one of ${value} and was ${fact}`,
    not_in: (field, value, fact) => `${field} had to be none of ${value} and was ${fact}`,
    contains: (field, value, fact) => `${field} had to contain ${value} and was ${fact}`,
    starts_with: (field, value, fact) => `${field} had to start with ${value} and was ${fact}`,
    exists: (field, _, fact) => `${field} had to be set and was ${fact}`,
    missing: (field, _, fact) => `${field} had to be empty and was ${fact}`,
    before: (field, value, fact) => `${field} had to lie before ${value} and was ${fact}`,
    after: (field, value, fact) => `${field} had to lie after ${value} and was ${fact}`,
    within_last: (field, value, fact) => `${field} had to lie within the last ${value} and was ${fact}`,
    within_next: (field, value, fact) => `${field} had to lie within the next ${value} and was ${fact}`,
  },
  holds: { yes: 'which holds', no: 'which does not hold' },
  changes: {
    fact: ({ field, from, to }) => `${field} were ${to} instead of ${from}`,
    other_subject: () => 'the event were about another subject',
    start_again: () => 'somebody started it by hand with “again”',
    make_live: () => 'the flow were live',
  },
  outcomes: {
    enters: 'it would enter',
    reentry: 'this condition would hold, but re-entry would still keep it out',
    stays: 'it would have stayed',
    goes_on: 'the wait would have ended',
    other_way: 'it would have gone another way',
    holds: 'the condition would hold',
  },
  phrases: {
    event: (type) => `${type} happened.`,
    run: (flow, version) => `The contact entered ${flow} (version ${version}).`,
    planned: (step, at) => (step ? `Step ${step} planned it for ${at}.` : `It was planned for ${at}.`),
    other: (rule, verdict) => `${rule}: ${verdict}.`,
    nothing: 'not set',
    asOfNow: 'known only as it is now',
    wouldFlip: (changes, outcome) => `If ${changes}, ${outcome}.`,
    and: ' and ',
    noFlip: 'No change of one or two facts would flip that.',
  },
};
