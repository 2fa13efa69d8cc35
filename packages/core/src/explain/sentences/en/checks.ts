import type { SuppressionReason } from '../../../contacts/suppression.js';
import type { Sentences, Words } from '../sentences.js';
import { amiss, fine } from '../sentences.js';
import { on } from './reasons.js';

const suppressions: Record<SuppressionReason, string> = {
  hard_bounce: 'a mail or text to it came back',
  soft_bounces: 'messages to it came back again and again',
  complaint: 'its owner complained of spam',
  unsubscribed: 'its owner unsubscribed',
  stop: 'its owner answered STOP',
  manual: 'it was put there by hand',
  invalid: 'the provider calls it invalid',
};

const suppressedFor = (reason: unknown): string =>
  typeof reason === 'string' && Object.hasOwn(suppressions, reason)
    ? suppressions[reason as SuppressionReason]
    : String(reason ?? '?');

/** Of which rate: `organization`, `channel:sms`, `connection:<id>` or `address:<id>:<address>`. */
function rateOf(bucket: unknown, { channel }: Words): string {
  const [kind, name] = String(bucket).split(':');
  if (kind === 'channel') return `on ${channel(name)}`;
  if (kind === 'address') return 'to this address';
  return kind === 'connection' ? 'of its connection' : 'of all messages';
}

export const checks: Sentences['checks'] = {
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
    const what = facts.type === 'enrollment' ? 'enrollment' : 'booking';
    if (passed)
      return fine(facts.status ? `Its ${what} is ${value(facts.status)}.` : 'No booking stands in its way.');
    return reason === 'subject_missing'
      ? amiss(`Its ${what} is not there.`, `Its ${what} would have to exist.`)
      : amiss(`Its ${what} is cancelled.`, `Its ${what} would have to stand.`);
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
  campaign: ({ passed, facts }) => {
    if (passed && facts.status === 'running') return fine('Its campaign is going on.');
    if (passed) return fine('It is under way already, whatever became of its campaign.');
    return facts.status === 'paused'
      ? amiss('Its campaign is paused.', 'Its campaign would have to be resumed.')
      : amiss('Its campaign was called off.', 'Its campaign would have to go on.');
  },
  flow: ({ passed }) =>
    passed
      ? fine('Its flow is not paused.')
      : amiss('Its flow is paused.', 'Its flow would have to be resumed.'),
  address: ({ passed, facts }) =>
    passed
      ? fine(`There is an address${on(facts)}.`)
      : amiss(`There is no address${on(facts)}.`, `The contact would need an address${on(facts)}.`),
  suppression: ({ passed, facts }) =>
    passed
      ? fine(`The address${on(facts)} is not suppressed.`)
      : amiss(
          `The address${on(facts)} is on the suppression list (${suppressedFor(facts.reason)}).`,
          'The address would have to be taken off the suppression list.',
        ),
  consent: ({ passed, reason, facts }) => {
    if (passed && facts.consent_id) return fine(`They gave their consent${on(facts)}.`);
    if (passed) return fine(`It needs no consent${on(facts)}.`);
    return reason === 'opted_out'
      ? amiss(`They opted out${on(facts)}.`, 'They would have to give their consent again.')
      : amiss(`They never gave their consent${on(facts)}.`, `They would have to allow messages${on(facts)}.`);
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
          `The cap is reached: ${value(facts.released)} of ${value(facts.messages)} marketing messages in ${value(facts.per)}.`,
          'Fewer messages would have to have gone out to them lately.',
        ),
  rates: ({ passed, facts }, words) =>
    passed
      ? fine('The sending rate has room.')
      : amiss(
          `The sending rate is used up (${rateOf(facts.bucket, words)}).`,
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
  sender: ({ passed, reason }) => {
    if (passed) return fine('Halyard sends it.');
    return reason === 'awaiting_permit'
      ? amiss('Nobody has asked for its permit again.', 'Whoever sends it would have to ask again.')
      : amiss('No workflow has claimed it.', 'A workflow would have to claim it.');
  },
};
