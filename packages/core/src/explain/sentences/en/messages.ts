import type { Sentences } from '../sentences.js';
import { because } from './reasons.js';

export const released: Sentences['released'] = {
  send: ({ facts }) =>
    `All rules let it through: it was handed over${typeof facts.channel === 'string' ? ` by ${facts.channel}` : ''}.`,
  defer: ({ facts }, { at }) => `It was put off until ${at(facts.until)}.`,
  skipped: () => 'So it was skipped.',
  expired: () => 'So it was not sent any more.',
  failed: () => 'So it failed.',
  dead: () => 'So a person must look at it.',
  unknown: () => 'So nobody can say whether it arrived.',
};

export const decisions: Sentences['decisions'] = {
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
  workflow: ({ verdict, facts }, { at, value }) => {
    const step = value(facts.step);
    switch (verdict) {
      case 'called':
        return `At step ${step} a workflow is called; it has until ${at(facts.until)}.`;
      case 'answered':
        return `At step ${step} the workflow answered.`;
      case 'timed_out':
        return `At step ${step} the workflow did not answer in time.`;
      default:
        return `At step ${step} the workflow failed${facts.error ? `: ${facts.error}` : ''}.`;
    }
  },
  exit_step: ({ verdict, facts }, { value }) => `It left at step ${value(facts.step)} (${verdict}).`,
  run_end: ({ verdict, facts }, { value }) => `The run ended as ${verdict} (${value(facts.reason)}).`,
};

export const attempts: Sentences['attempts'] = {
  accepted: ({ provider, channel }) => `${provider} took it (${channel}).`,
  rejected: ({ provider, channel, detail }, { value }) =>
    `${provider} refused it (${channel}): ${value(detail)}.`,
  throttled: ({ provider }) => `${provider} asked to wait.`,
  failed_before_send: ({ provider, detail }, { value }) =>
    `${provider} was not reached, nothing was sent: ${value(detail)}.`,
  unknown: ({ provider, detail }, { value }) =>
    `${provider} gave no clear answer (${value(detail)}): it may have arrived.`,
  under_way: ({ provider }) => `A call to ${provider} is under way.`,
};

export const reports: Sentences['reports'] = {
  delivered: () => 'The provider reported: delivered.',
  bounced: (detail) => `The provider reported a bounce${detail ? `: ${detail}` : ''}.`,
  soft_bounced: (detail) => `The provider reported a passing bounce${detail ? `: ${detail}` : ''}.`,
  complained: () => 'The recipient complained of spam.',
  failed: (detail) => `The provider reported a failure${detail ? `: ${detail}` : ''}.`,
  opened: () => 'It was opened.',
  clicked: () => 'A link in it was clicked.',
  unsubscribed: () => 'The recipient unsubscribed.',
  inbound: () => 'The recipient answered.',
};

export const statuses: Sentences['statuses'] = {
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
};

export const sources: Sentences['sources'] = {
  flow: 'A flow planned it.',
  api: 'It was ordered through the API.',
  outreach: 'Another service pushed it as an outreach item.',
  campaign: 'A campaign made it.',
  test: 'It is a test message.',
  system: 'Halyard made it as an answer to the recipient.',
  permit: 'Another service asked whether it may send it.',
};

export const permit: Sentences['permit'] = {
  released: {
    ...released,
    send: ({ facts }) =>
      `All rules let it through: the other service was told to send it${typeof facts.channel === 'string' ? ` by ${facts.channel}` : ''}.`,
    defer: ({ facts }, { at }) => `So the other service was told to ask again from ${at(facts.until)} on.`,
    skipped: () => 'So the other service was told not to send it.',
    expired: () => 'So the other service was told not to send it any more.',
  },
  attempts: {
    accepted: ({ channel }) => `The other service reported that it sent it (${channel}).`,
    rejected: ({ channel, detail }, { value }) =>
      `The other service reported that it was refused (${channel}): ${value(detail)}.`,
    throttled: () => 'The other service reported that it has to wait.',
    failed_before_send: ({ detail }, { value }) =>
      `The other service reported that nothing was sent: ${value(detail)}.`,
    unknown: () => 'The other service never reported what became of it: it may have arrived.',
    under_way: () => 'The other service has the permit, and has not reported yet what became of it.',
  },
  statuses: {
    ...statuses,
    scheduled: ({ due }) => `The other service may ask again from ${due} on.`,
    sending: () => 'The other service may send it; its report is waited for.',
  },
};
