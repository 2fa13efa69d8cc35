import type { SuppressionReason } from '../../../contacts/suppression.js';
import type { Sentences, Words } from '../sentences.js';
import { amiss, fine } from '../sentences.js';
import { on } from './reasons.js';

const suppressions: Record<SuppressionReason, string> = {
  hard_bounce: 'eine Nachricht kam zurück',
  soft_bounces: 'Nachrichten kamen immer wieder zurück',
  complaint: 'ihr Inhaber beschwerte sich über Spam',
  unsubscribed: 'ihr Inhaber hat sich abgemeldet',
  stop: 'ihr Inhaber antwortete STOP',
  manual: 'von Hand eingetragen',
  invalid: 'laut Anbieter ungültig',
};

const suppressedFor = (reason: unknown): string =>
  typeof reason === 'string' && Object.hasOwn(suppressions, reason)
    ? suppressions[reason as SuppressionReason]
    : String(reason ?? '?');

/** Of which rate: `organization`, `channel:sms`, `connection:<id>` or `address:<id>:<address>`. */
function rateOf(bucket: unknown, { channel }: Words): string {
  const [kind, name] = String(bucket).split(':');
  if (kind === 'channel') return `über ${channel(name)}`;
  if (kind === 'address') return 'an diese Adresse';
  return kind === 'connection' ? 'ihrer Verbindung' : 'aller Nachrichten';
}

export const checks: Sentences['checks'] = {
  expiry: ({ passed, facts }, { at }) =>
    passed
      ? fine('Sie ist nicht abgelaufen.')
      : amiss(
          `Sie ist am ${at(facts.expires_at)} abgelaufen.`,
          'Sie müsste vor ihrem Ablauf freigegeben werden.',
        ),
  plan_current: ({ passed, facts }) =>
    passed
      ? fine('Ihr Plan ist auf dem neuesten Stand.')
      : amiss(
          facts.undecided_event
            ? 'Über ein Ereignis zu ihrem Gegenstand war noch nicht entschieden.'
            : 'Ihr Gegenstand hat sich nach der Planung geändert.',
          'Über die Ereignisse müsste entschieden und der Plan angepasst werden.',
        ),
  subject_state: ({ passed, reason, facts }, { value }) => {
    const what = facts.type === 'enrollment' ? 'Einschreibung' : 'Buchung';
    if (passed)
      return fine(
        facts.status
          ? `Ihre ${what} hat den Stand ${value(facts.status)}.`
          : 'Keine Buchung steht dem entgegen.',
      );
    return reason === 'subject_missing'
      ? amiss(`Ihre ${what} gibt es nicht.`, `Ihre ${what} müsste es geben.`)
      : amiss(`Ihre ${what} ist abgesagt.`, `Ihre ${what} müsste bestehen.`);
  },
  contact: ({ passed, reason }) => {
    if (passed) return fine('Der Empfänger ist bekannt.');
    return reason === 'contact_erased'
      ? amiss('Der Kontakt wurde gelöscht.', 'Nichts: Wer gelöscht ist, wird nicht mehr angeschrieben.')
      : amiss('Es gibt keinen Kontakt.', 'Sie müsste an einen Kontakt gehen oder eine Adresse nennen.');
  },
  condition: ({ passed }) =>
    passed
      ? fine('Die Bedingung ihres Schritts ist erfüllt, oder er hat keine.')
      : amiss('Die Bedingung ihres Schritts ist nicht erfüllt.', 'Die Bedingung müsste erfüllt sein.'),
  campaign: ({ passed, facts }) => {
    if (passed && facts.status === 'running') return fine('Ihre Kampagne läuft.');
    if (passed) return fine('Sie ist schon unterwegs, was auch aus ihrer Kampagne wurde.');
    return facts.status === 'paused'
      ? amiss('Ihre Kampagne ist angehalten.', 'Ihre Kampagne müsste fortgesetzt werden.')
      : amiss('Ihre Kampagne wurde abgesagt.', 'Ihre Kampagne müsste weitergehen.');
  },
  flow: ({ passed }) =>
    passed
      ? fine('Ihr Ablauf ist nicht angehalten.')
      : amiss('Ihr Ablauf ist angehalten.', 'Ihr Ablauf müsste fortgesetzt werden.'),
  address: ({ passed, facts }) =>
    passed
      ? fine(`Es gibt eine Adresse${on(facts)}.`)
      : amiss(`Es gibt keine Adresse${on(facts)}.`, `Der Kontakt bräuchte eine Adresse${on(facts)}.`),
  suppression: ({ passed, facts }) =>
    passed
      ? fine(`Die Adresse${on(facts)} ist nicht gesperrt.`)
      : amiss(
          `Die Adresse${on(facts)} ist gesperrt (${suppressedFor(facts.reason)}).`,
          'Die Adresse müsste von der Sperrliste genommen werden.',
        ),
  consent: ({ passed, reason, facts }) => {
    if (passed && facts.consent_id) return fine(`Die Einwilligung${on(facts)} liegt vor.`);
    if (passed) return fine(`Sie braucht keine Einwilligung${on(facts)}.`);
    return reason === 'opted_out'
      ? amiss(`Der Empfänger hat widersprochen${on(facts)}.`, 'Er müsste erneut einwilligen.')
      : amiss(
          `Die Einwilligung${on(facts)} fehlt.`,
          `Der Empfänger müsste Nachrichten${on(facts)} erlauben.`,
        );
  },
  content: ({ passed, facts }) =>
    passed
      ? fine(`Es gibt einen Inhalt${on(facts)}.`)
      : amiss(`Es gibt keine Vorlage${on(facts)}.`, `Eine Vorlage${on(facts)} müsste geschrieben werden.`),
  channel_window: ({ passed, facts }) =>
    passed
      ? fine('Das Fenster des Kanals lässt sie durch.')
      : amiss(
          `Die 24 Stunden nach der letzten Nachricht des Empfängers${on(facts)} sind vorbei.`,
          'Er müsste zuerst schreiben, oder es müsste eine genehmigte Vorlage sein.',
        ),
  connection: ({ passed, reason, facts }) => {
    if (passed) return fine(`Eine Verbindung${on(facts)} nimmt sie an.`);
    if (reason === 'no_connection')
      return amiss(
        `Es gibt keine aktive Verbindung${on(facts)}.`,
        `Eine Verbindung${on(facts)} müsste angelegt oder fortgesetzt werden.`,
      );
    if (reason === 'breaker_open')
      return amiss(
        `Kein Anbieter${on(facts)} war zuletzt erreichbar.`,
        'Der Anbieter müsste wieder erreichbar sein.',
      );
    if (reason === 'rejected')
      return amiss(
        `Jede Verbindung${on(facts)} hat sie abgelehnt.`,
        'Es müsste eine geben, die sie nicht abgelehnt hat.',
      );
    return amiss(
      `Die Verbindung${on(facts)} ist nicht benutzbar.`,
      'Ihre Einstellungen oder Zugangsdaten müssten berichtigt werden.',
    );
  },
  hours: ({ passed, reason, facts }, { value }) => {
    if (passed) return fine('Beim Empfänger ist es eine erlaubte Uhrzeit.');
    return reason === 'no_allowed_hours'
      ? amiss(
          'Die erlaubten Zeiten haben nichts gemeinsam.',
          'Ruhezeiten und Sendefenster müssten eine Zeit übrig lassen.',
        )
      : amiss(
          `Beim Empfänger (${value(facts.zones)}) ist es keine erlaubte Uhrzeit.`,
          'Es müsste dort später sein, oder die Ruhezeit kürzer.',
        );
  },
  caps: ({ passed, facts }, { value }) =>
    passed
      ? fine('Die Höchstzahl an Werbenachrichten ist nicht erreicht.')
      : amiss(
          `Die Höchstzahl ist erreicht: ${value(facts.released)} von ${value(facts.messages)} Werbenachrichten in ${value(facts.per)}.`,
          'Es müssten zuletzt weniger Nachrichten an ihn gegangen sein.',
        ),
  rates: ({ passed, facts }, words) =>
    passed
      ? fine('Die Senderate lässt sie zu.')
      : amiss(
          `Die Senderate ist ausgeschöpft (${rateOf(facts.bucket, words)}).`,
          'In diesem Augenblick müssten weniger Nachrichten hinausgehen.',
        ),
  render: ({ passed, facts }, { value }) =>
    passed
      ? fine('Ihr Inhalt wurde erstellt.')
      : amiss(
          `Ihr Inhalt konnte nicht erstellt werden: ${value(facts.problem)}.`,
          'Die Vorlage müsste berichtigt werden.',
        ),
  repeat: ({ passed }) =>
    passed
      ? fine('Sie lässt sich sicher wiederholen.')
      : amiss(
          'Sie kann schon angekommen sein und lässt sich nicht sicher wiederholen.',
          'Bitte beim Anbieter nachsehen; ein Mensch kann sie erneut senden.',
        ),
  sender: ({ passed, reason }) => {
    if (passed) return fine('Halyard sendet sie.');
    return reason === 'awaiting_permit'
      ? amiss('Niemand hat erneut um die Erlaubnis gefragt.', 'Wer sie sendet, müsste erneut fragen.')
      : amiss('Kein Workflow hat sie abgeholt.', 'Ein Workflow müsste sie abholen.');
  },
};
