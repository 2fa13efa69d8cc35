import type { Sentences } from './sentences.js';
import { amiss, fine } from './sentences.js';

/** Warum die Planung, ein Mensch oder eine Regel eine Nachricht beendet hat. */
const reasons: Record<string, string> = {
  past: 'ihr Zeitpunkt bei der Planung schon vorbei war',
  unplanned: 'der Plan sie nicht mehr enthält',
  goal_reached: 'das Ziel des Ablaufs erreicht war',
  exited: 'der Kontakt den Ablauf verlassen hat',
  subject_cancelled: 'das, worum es geht (die Buchung), abgesagt wurde',
  subject_missing: 'es das, worum es geht, nicht mehr gibt',
  flow_stopped: 'der Durchlauf angehalten wurde',
  cancelled_by_person: 'ein Mensch sie abgesagt hat',
  suppressed: 'die Adresse gesperrt ist',
  opted_out: 'der Empfänger widersprochen hat',
  no_consent: 'die Einwilligung fehlt',
  no_address: 'für ihre Kanäle keine Adresse da ist',
  condition_not_met: 'die Bedingung ihres Schritts nicht erfüllt ist',
  window_closed: 'das 24-Stunden-Fenster des Kanals geschlossen ist',
  contact_missing: 'es den Kontakt nicht gibt',
  contact_erased: 'der Kontakt gelöscht wurde',
  template_missing: 'es keine Vorlage dafür gibt',
  not_rendered: 'ihr Inhalt nicht erstellt werden konnte',
  expired: 'ihre Zeit vorbei war',
  rejected: 'der Anbieter sie abgelehnt hat',
  awaiting_report: 'der Anbieter nicht geantwortet hat; auf seine Meldung wird gewartet',
  no_answer: 'der Anbieter nicht geantwortet hat und nichts verrät, ob sie ankam',
  key_window_over: 'der Anbieter nicht geantwortet hat und es für eine sichere Wiederholung zu spät ist',
  not_repeatable: 'sie angekommen sein kann und sich jetzt nicht sicher wiederholen lässt',
};

const because = (reason: unknown): string => {
  if (typeof reason !== 'string') return '';
  return Object.hasOwn(reasons, reason) ? `, weil ${reasons[reason]}` : ` (Grund: „${reason}“)`;
};

const on = (facts: Record<string, unknown>): string =>
  typeof facts.channel === 'string' ? ` für ${facts.channel}` : '';

export const de: Sentences = {
  checks: {
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
      if (passed)
        return fine(
          facts.status
            ? `Ihre Buchung hat den Stand ${value(facts.status)}.`
            : 'Keine Buchung steht dem entgegen.',
        );
      return reason === 'subject_missing'
        ? amiss('Ihre Buchung gibt es nicht.', 'Ihre Buchung müsste es geben.')
        : amiss('Ihre Buchung ist abgesagt.', 'Ihre Buchung müsste bestehen.');
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
    address: ({ passed, facts }) =>
      passed
        ? fine(`Es gibt eine Adresse${on(facts)}.`)
        : amiss(`Es gibt keine Adresse${on(facts)}.`, `Der Kontakt bräuchte eine Adresse${on(facts)}.`),
    suppression: ({ passed, facts }, { value }) =>
      passed
        ? fine(`Die Adresse${on(facts)} ist nicht gesperrt.`)
        : amiss(
            `Die Adresse${on(facts)} ist gesperrt (${value(facts.reason)}).`,
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
            `Der Empfänger bekam zuletzt ${value(facts.released)} Werbenachrichten; erlaubt sind ${value(facts.messages)} in ${value(facts.per)}.`,
            'Es müssten zuletzt weniger Nachrichten an ihn gegangen sein.',
          ),
    rates: ({ passed, facts }, { value }) =>
      passed
        ? fine('Die Senderate lässt sie zu.')
        : amiss(
            `Die Senderate ist ausgeschöpft (${value(facts.bucket)}).`,
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
  },
  released: {
    send: ({ facts }) =>
      `Alle Regeln ließen sie durch: Sie wurde übergeben${typeof facts.channel === 'string' ? ` (${facts.channel})` : ''}.`,
    defer: ({ facts }, { at }) => `Sie wurde aufgeschoben bis ${at(facts.until)}.`,
    skipped: () => 'Darum wurde sie übersprungen.',
    expired: () => 'Darum wurde sie nicht mehr gesendet.',
    failed: () => 'Darum schlug sie fehl.',
    dead: () => 'Darum muss ein Mensch sie ansehen.',
    unknown: () => 'Darum kann niemand sagen, ob sie ankam.',
  },
  decisions: {
    plan: ({ verdict, facts, cause }, { at }) => {
      const after = cause ? ` nach ${cause}` : '';
      if (verdict === 'moved')
        return `Ihr Plan hat sich${after} geändert: Sie ist jetzt fällig am ${at(facts.planned_at)}.`;
      if (verdict === 'revived') return `Sie wurde${after} neu geplant, für ${at(facts.planned_at)}.`;
      return `Sie wurde${after} ${verdict === 'skipped' ? 'übersprungen' : 'abgesagt'}${because(facts.reason)}.`;
    },
    branch: ({ verdict, facts }, { value }) =>
      `An der Verzweigung ${value(facts.step)} ging es ${verdict === 'end' ? 'zum Ende' : `zu ${verdict}`}.`,
    split: ({ verdict, facts }, { value }) =>
      `Bei der Aufteilung ${value(facts.step)} fiel das Los auf ${verdict}.`,
    wait: ({ verdict, facts }, { at, value }) =>
      verdict === 'open'
        ? `Bei Schritt ${value(facts.step)} wird auf ein Datum gewartet, das nicht gesetzt ist.`
        : `Bei Schritt ${value(facts.step)} wird gewartet, längstens bis ${at(verdict)}.`,
    wait_event: ({ verdict, facts }, { value }) =>
      verdict === 'timeout'
        ? `Bei Schritt ${value(facts.step)} kam das Ereignis nicht rechtzeitig.`
        : `Bei Schritt ${value(facts.step)} kam das Ereignis ${verdict}.`,
    exit_step: ({ verdict, facts }, { value }) =>
      `Der Ablauf endete bei Schritt ${value(facts.step)} (${verdict}).`,
    run_end: ({ verdict, facts }, { value }) =>
      `Der Durchlauf endete als ${verdict} (${value(facts.reason)}).`,
  },
  attempts: {
    accepted: ({ provider, channel }) => `${provider} hat sie angenommen (${channel}).`,
    rejected: ({ provider, channel, detail }, { value }) =>
      `${provider} hat sie abgelehnt (${channel}): ${value(detail)}.`,
    throttled: ({ provider }) => `${provider} bat zu warten.`,
    failed_before_send: ({ provider, detail }, { value }) =>
      `${provider} war nicht erreichbar, gesendet wurde nichts: ${value(detail)}.`,
    unknown: ({ provider, detail }, { value }) =>
      `${provider} gab keine klare Antwort (${value(detail)}): Sie kann angekommen sein.`,
    under_way: ({ provider }) => `Ein Aufruf von ${provider} läuft.`,
  },
  reports: {
    delivered: () => 'Der Anbieter meldete: zugestellt.',
    bounced: (detail) => `Der Anbieter meldete, dass sie zurückkam${detail ? `: ${detail}` : ''}.`,
    soft_bounced: (detail) =>
      `Der Anbieter meldete eine vorübergehende Unzustellbarkeit${detail ? `: ${detail}` : ''}.`,
    complained: () => 'Der Empfänger hat sich über Spam beschwert.',
    failed: (detail) => `Der Anbieter meldete einen Fehlschlag${detail ? `: ${detail}` : ''}.`,
    opened: () => 'Sie wurde geöffnet.',
    clicked: () => 'Ein Link darin wurde angeklickt.',
    unsubscribed: () => 'Der Empfänger hat sich abgemeldet.',
    inbound: () => 'Der Empfänger hat geantwortet.',
  },
  statuses: {
    scheduled: ({ reason, due }) =>
      reason ? `Sie ist aufgeschoben; der nächste Versuch ist am ${due}.` : `Sie ist fällig am ${due}.`,
    sending: () => 'Sie wird gerade gesendet.',
    sent: () => 'Sie wurde gesendet; eine Zustellung hat der Anbieter nicht gemeldet.',
    delivered: () => 'Sie wurde zugestellt.',
    bounced: () => 'Sie kam zurück.',
    failed: ({ reason }) => `Sie schlug fehl${because(reason)}.`,
    unknown: ({ reason }) => `Niemand weiß, ob sie ankam${because(reason)}.`,
    dead: ({ reason }) => `Ein Mensch muss sie ansehen${because(reason)}.`,
    skipped: ({ reason }) => `Sie wurde übersprungen${because(reason)}.`,
    cancelled: ({ reason }) => `Sie wurde abgesagt${because(reason)}.`,
    expired: () => 'Sie lief ab, bevor sie gesendet werden konnte.',
  },
  sources: {
    flow: 'Ein Ablauf hat sie geplant.',
    api: 'Sie wurde über die API bestellt.',
    outreach: 'Ein anderer Dienst hat sie als Outreach-Nachricht übergeben.',
    campaign: 'Eine Kampagne hat sie erstellt.',
    test: 'Sie ist eine Testnachricht.',
    system: 'Halyard hat sie als Antwort an den Empfänger erstellt.',
  },
  flows: {
    flow_not_live: ({ flow }) => `${flow} nimmt niemanden auf: Der Ablauf ist nicht in Betrieb.`,
    published_later: ({ flow }) => `${flow} wurde erst nach diesem Ereignis veröffentlicht.`,
    no_version: ({ flow }) => `Keine Version von ${flow} nimmt neue Kontakte auf.`,
    no_occasion: ({ flow, event }) =>
      event
        ? `Auf ${event.type} wartet ${flow} nicht.`
        : `Bei diesem Kontakt ist nichts geschehen, worauf ${flow} wartet.`,
    condition: ({ flow, event }) =>
      `Der Kontakt kam nicht in ${flow}${event ? ` (${event.type} am ${event.at})` : ''}: Die Bedingung war nicht erfüllt.`,
    reentry: ({ flow, run }) =>
      `Der Kontakt kam nicht noch einmal in ${flow}: Die Regel für den Wiedereintritt erlaubt es nicht${run ? `, denn er kam schon am ${run.startedAt} hinein` : ''}.`,
    unclear: ({ flow }) =>
      `Neu ausgewertet käme der Kontakt in ${flow}, und doch kam er nicht hinein: Etwas, das nur in seinem heutigen Stand bekannt ist, war damals anders.`,
    pending: ({ event }) => `Über ${event?.type ?? 'das Ereignis'} ist noch nicht entschieden.`,
    gave_up: ({ event }) =>
      `Über ${event?.type ?? 'das Ereignis'} konnte nicht entschieden werden; ein Mensch muss es ansehen.`,
    time: ({ flow, step, until }) =>
      `Der Kontakt ist in ${flow} und wartet bei Schritt ${step} bis ${until}.`,
    date_missing: ({ flow, step }) =>
      `Der Kontakt ist in ${flow} und wartet bei Schritt ${step} auf ein Datum, das nicht gesetzt ist.`,
    event: ({ flow, step, waitingFor, until }) =>
      `Der Kontakt ist in ${flow} und wartet bei Schritt ${step} auf ${waitingFor}, längstens bis ${until}.`,
    messages: ({ flow, until }) =>
      `Der Kontakt ist durch alle Schritte von ${flow}; die letzte Nachricht ist fällig am ${until}.`,
    due: ({ flow, step }) =>
      `Der Kontakt ist in ${flow} bei Schritt ${step} und geht jeden Augenblick weiter.`,
    goal: ({ flow, name }) => `Der Kontakt verließ ${flow}, weil das Ziel „${name}“ erreicht war.`,
    exit_rule: ({ flow, name }) => `Der Kontakt verließ ${flow} durch den Ausgang „${name}“.`,
    exit_step: ({ flow, name }) => `Der Kontakt verließ ${flow} an einem Ausgangsschritt (${name}).`,
    subject_cancelled: ({ flow }) => `Der Kontakt verließ ${flow}, weil das, worum es geht, abgesagt wurde.`,
    stopped: ({ flow, name }) => `Sein Durchlauf von ${flow} wurde angehalten (${name}).`,
    finished: ({ flow, run }) =>
      `Der Kontakt ging ganz durch ${flow}${run?.endedAt ? ` und war am ${run.endedAt} fertig` : ''}.`,
    run_failed: ({ flow, name }) =>
      `Sein Durchlauf von ${flow} schlug fehl (${name}); ein Mensch muss ihn ansehen.`,
  },
  comparisons: {
    eq: (field, value, fact) => `${field} musste ${value} sein und war ${fact}`,
    neq: (field, value, fact) => `${field} musste etwas anderes als ${value} sein und war ${fact}`,
    gt: (field, value, fact) => `${field} musste mehr als ${value} sein und war ${fact}`,
    gte: (field, value, fact) => `${field} musste mindestens ${value} sein und war ${fact}`,
    lt: (field, value, fact) => `${field} musste weniger als ${value} sein und war ${fact}`,
    lte: (field, value, fact) => `${field} musste höchstens ${value} sein und war ${fact}`,
    in: (field, value, fact) => `${field} musste eines von ${value} sein und war ${fact}`,
    not_in: (field, value, fact) => `${field} durfte keines von ${value} sein und war ${fact}`,
    contains: (field, value, fact) => `${field} musste ${value} enthalten und war ${fact}`,
    starts_with: (field, value, fact) => `${field} musste mit ${value} beginnen und war ${fact}`,
    exists: (field, _, fact) => `${field} musste gesetzt sein und war ${fact}`,
    missing: (field, _, fact) => `${field} musste leer sein und war ${fact}`,
    before: (field, value, fact) => `${field} musste vor ${value} liegen und war ${fact}`,
    after: (field, value, fact) => `${field} musste nach ${value} liegen und war ${fact}`,
    within_last: (field, value, fact) => `${field} musste in den letzten ${value} liegen und war ${fact}`,
    within_next: (field, value, fact) => `${field} musste in den nächsten ${value} liegen und war ${fact}`,
  },
  holds: { yes: 'das ist erfüllt', no: 'das ist nicht erfüllt' },
  changes: {
    fact: ({ field, from, to }) => `${field} ${to} statt ${from} wäre`,
    other_subject: () => 'es um etwas anderes ginge (eine andere Buchung)',
    start_again: () => 'jemand den Ablauf von Hand und „noch einmal“ startete',
    make_live: () => 'der Ablauf in Betrieb wäre',
  },
  outcomes: {
    enters: 'käme der Kontakt hinein',
    reentry: 'wäre diese Bedingung erfüllt, aber der Wiedereintritt trotzdem nicht erlaubt',
    stays: 'wäre der Kontakt geblieben',
    goes_on: 'wäre das Warten vorbei gewesen',
    other_way: 'wäre es anders weitergegangen',
    holds: 'wäre die Bedingung erfüllt',
  },
  phrases: {
    event: (type) => `${type} ist geschehen.`,
    run: (flow, version) => `Der Kontakt kam in ${flow} (Version ${version}).`,
    planned: (step, at) => (step ? `Schritt ${step} plante sie für ${at}.` : `Sie wurde für ${at} geplant.`),
    other: (rule, verdict) => `${rule}: ${verdict}.`,
    nothing: 'nicht gesetzt',
    asOfNow: 'nur im heutigen Stand bekannt',
    wouldFlip: (changes, outcome) => `Wenn ${changes}, ${outcome}.`,
    and: ' und ',
    noFlip: 'Keine Änderung von ein oder zwei Tatsachen würde daran etwas ändern.',
  },
};
