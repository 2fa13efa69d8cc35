/** Why planning, a person or a rule ended a message. */
const reasons: Record<string, string> = {
  past: 'its moment was already over when it was planned',
  unplanned: 'the plan no longer holds it',
  goal_reached: 'the flow’s goal was reached',
  exited: 'the run left the flow',
  subject_cancelled: 'what it is about was cancelled',
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
  not_decided: 'deciding about it failed again and again',
  not_rendered: 'its content could not be made',
  expired: 'its time was over',
  rejected: 'the provider refused it',
  awaiting_report: 'the provider gave no answer; its report is awaited',
  no_answer: 'the provider gave no answer, and nothing tells whether it arrived',
  key_window_over: 'the provider gave no answer, and it is too late to repeat it safely',
  not_repeatable: 'it may have arrived, and cannot be repeated safely now',
  no_report: 'the provider gave no answer and sent no report',
  not_reported: 'whoever had it to send did not report what became of it',
  awaiting_claim: 'it waits for a workflow to claim it',
  awaiting_permit: 'whoever sends it has not asked again',
  no_connection: 'no connection takes its channel',
  no_allowed_hours: 'the allowed hours leave no time',
  connection_unusable: 'its connection cannot be used',
  flow_paused: 'its flow is paused',
  campaign_paused: 'its campaign is paused',
  campaign_cancelled: 'its campaign was called off',
  restored: 'it was due between a backup and its restore, and may have gone out then',
  previous_step_cancelled: 'the step before it was cancelled',
};

/** The reason as the end of a sentence. */
export const because = (reason: unknown): string => {
  if (typeof reason !== 'string') return '';
  return `, because ${Object.hasOwn(reasons, reason) ? reasons[reason] : `of “${reason}”`}`;
};

/** On which channel. */
export const on = (facts: Record<string, unknown>): string =>
  typeof facts.channel === 'string' ? ` (${facts.channel})` : '';
