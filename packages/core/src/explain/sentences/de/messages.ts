import type { Sentences } from '../sentences.js';
import { because } from './reasons.js';

export const released: Sentences['released'] = {
  send: ({ facts }) =>
    `Alle Regeln ließen sie durch: Sie wurde übergeben${typeof facts.channel === 'string' ? ` (${facts.channel})` : ''}.`,
  defer: ({ facts }, { at }) => `Sie wurde aufgeschoben bis ${at(facts.until)}.`,
  skipped: () => 'Darum wurde sie übersprungen.',
  expired: () => 'Darum wurde sie nicht mehr gesendet.',
  failed: () => 'Darum schlug sie fehl.',
  dead: () => 'Darum muss ein Mensch sie ansehen.',
  unknown: () => 'Darum kann niemand sagen, ob sie ankam.',
};

export const decisions: Sentences['decisions'] = {
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
  workflow: ({ verdict, facts }, { at, value }) => {
    const step = value(facts.step);
    switch (verdict) {
      case 'called':
        return `Bei Schritt ${step} wird ein Workflow aufgerufen; er hat Zeit bis ${at(facts.until)}.`;
      case 'answered':
        return `Bei Schritt ${step} hat der Workflow geantwortet.`;
      case 'timed_out':
        return `Bei Schritt ${step} hat der Workflow nicht rechtzeitig geantwortet.`;
      default:
        return `Bei Schritt ${step} schlug der Workflow fehl${facts.error ? `: ${facts.error}` : ''}.`;
    }
  },
  exit_step: ({ verdict, facts }, { value }) =>
    `Der Ablauf endete bei Schritt ${value(facts.step)} (${verdict}).`,
  run_end: ({ verdict, facts }, { value }) => `Der Durchlauf endete als ${verdict} (${value(facts.reason)}).`,
};

export const attempts: Sentences['attempts'] = {
  accepted: ({ provider, channel }) => `${provider} hat sie angenommen (${channel}).`,
  rejected: ({ provider, channel, detail }, { value }) =>
    `${provider} hat sie abgelehnt (${channel}): ${value(detail)}.`,
  throttled: ({ provider }) => `${provider} bat zu warten.`,
  failed_before_send: ({ provider, detail }, { value }) =>
    `${provider} war nicht erreichbar, gesendet wurde nichts: ${value(detail)}.`,
  unknown: ({ provider, detail }, { value }) =>
    `${provider} gab keine klare Antwort (${value(detail)}): Sie kann angekommen sein.`,
  under_way: ({ provider }) => `Ein Aufruf von ${provider} läuft.`,
};

export const reports: Sentences['reports'] = {
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
};

export const statuses: Sentences['statuses'] = {
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
};

export const sources: Sentences['sources'] = {
  flow: 'Ein Ablauf hat sie geplant.',
  api: 'Sie wurde über die API bestellt.',
  outreach: 'Ein anderer Dienst hat sie als Outreach-Nachricht übergeben.',
  campaign: 'Eine Kampagne hat sie erstellt.',
  test: 'Sie ist eine Testnachricht.',
  system: 'Halyard hat sie als Antwort an den Empfänger erstellt.',
  permit: 'Ein anderer Dienst hat gefragt, ob er sie senden darf.',
};

export const permit: Sentences['permit'] = {
  released: {
    ...released,
    send: ({ facts }) =>
      `Alle Regeln ließen sie durch: Der andere Dienst durfte sie senden${typeof facts.channel === 'string' ? ` (${facts.channel})` : ''}.`,
    defer: ({ facts }, { at }) =>
      `Darum wurde dem anderen Dienst gesagt, er möge ab ${at(facts.until)} erneut fragen.`,
    skipped: () => 'Darum wurde dem anderen Dienst gesagt, dass er sie nicht senden darf.',
    expired: () => 'Darum wurde dem anderen Dienst gesagt, dass er sie nicht mehr senden darf.',
  },
  attempts: {
    accepted: ({ channel }) => `Der andere Dienst meldete, dass er sie gesendet hat (${channel}).`,
    rejected: ({ channel, detail }, { value }) =>
      `Der andere Dienst meldete, dass sie abgelehnt wurde (${channel}): ${value(detail)}.`,
    throttled: () => 'Der andere Dienst meldete, dass er warten muss.',
    failed_before_send: ({ detail }, { value }) =>
      `Der andere Dienst meldete, dass nichts gesendet wurde: ${value(detail)}.`,
    unknown: () => 'Der andere Dienst hat nie gemeldet, was aus ihr wurde: Sie kann angekommen sein.',
    under_way: () => 'Der andere Dienst hat die Erlaubnis und noch nicht gemeldet, was aus ihr wurde.',
  },
  statuses: {
    ...statuses,
    scheduled: ({ due }) => `Der andere Dienst darf ab ${due} erneut fragen.`,
    sending: () => 'Der andere Dienst darf sie senden; auf seine Meldung wird gewartet.',
  },
};
