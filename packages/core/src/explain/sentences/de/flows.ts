import type { FlowStatus } from '@halyard/contracts/flows/flow';
import type { Sentences } from '../sentences.js';

const standings: Record<FlowStatus, string> = {
  draft: 'noch nicht veröffentlicht',
  live: 'in Betrieb',
  paused: 'pausiert',
  archived: 'archiviert',
};

export const flows: Sentences['flows'] = {
  flow_not_live: ({ flow, stood }) =>
    `${flow} nahm damals niemanden auf: Der Ablauf war ${stood ? standings[stood.status] : 'nie veröffentlicht'}${stood?.since ? ` (seit ${stood.since})` : ''}.`,
  published_later: ({ flow }) => `${flow} wurde erst nach diesem Ereignis veröffentlicht.`,
  no_version: ({ flow }) =>
    `Keine Version von ${flow} nahm damals neue Kontakte auf: Keine hatte ein Gewicht.`,
  no_occasion: ({ flow, event }) =>
    event
      ? `Auf ${event.type} wartet ${flow} nicht.`
      : `Bei diesem Kontakt ist nichts geschehen, worauf ${flow} wartet.`,
  condition: ({ flow, event }) =>
    `Der Kontakt kam nicht in ${flow}${event ? ` (${event.type} am ${event.at})` : ''}: Die Bedingung war nicht erfüllt.`,
  reentry: ({ flow, run }) =>
    `Der Kontakt kam nicht noch einmal in ${flow}: Die Regel für den Wiedereintritt erlaubt es nicht${run ? `, denn er kam schon am ${run.startedAt} hinein` : ''}.`,
  unclear: ({ flow }) =>
    `Neu ausgewertet käme der Kontakt in ${flow}, und doch kam er nicht hinein: Etwas, das nur in seinem heutigen Stand bekannt ist, war damals anders oder änderte sich, bevor über das Ereignis entschieden wurde.`,
  pending: ({ event }) => `Über ${event?.type ?? 'das Ereignis'} ist noch nicht entschieden.`,
  gave_up: ({ event }) =>
    `Über ${event?.type ?? 'das Ereignis'} konnte nicht entschieden werden; ein Mensch muss es ansehen.`,
  time: ({ flow, step, until }) => `Der Kontakt ist in ${flow} und wartet bei Schritt ${step} bis ${until}.`,
  date_missing: ({ flow, step }) =>
    `Der Kontakt ist in ${flow} und wartet bei Schritt ${step} auf ein Datum, das nicht gesetzt ist.`,
  event: ({ flow, step, waitingFor, until }) =>
    `Der Kontakt ist in ${flow} und wartet bei Schritt ${step} auf ${waitingFor}, längstens bis ${until}.`,
  messages: ({ flow, until }) =>
    `Der Kontakt ist durch alle Schritte von ${flow}; die letzte Nachricht ist fällig am ${until}.`,
  workflow: ({ flow, step, until }) =>
    `Der Kontakt ist in ${flow} und wartet bei Schritt ${step} auf die Antwort eines Workflows, längstens bis ${until}.`,
  due: ({ flow, step }) => `Der Kontakt ist in ${flow} bei Schritt ${step} und geht jeden Augenblick weiter.`,
  goal: ({ flow, name }) => `Der Kontakt verließ ${flow}, weil das Ziel „${name}“ erreicht war.`,
  exit_rule: ({ flow, name }) => `Der Kontakt verließ ${flow} durch den Ausgang „${name}“.`,
  exit_step: ({ flow, name }) => `Der Kontakt verließ ${flow} an einem Ausgangsschritt (${name}).`,
  subject_cancelled: ({ flow }) => `Der Kontakt verließ ${flow}, weil das, worum es geht, abgesagt wurde.`,
  stopped: ({ flow, name }) => `Sein Durchlauf von ${flow} wurde angehalten (${name}).`,
  finished: ({ flow, run }) =>
    `Der Kontakt ging ganz durch ${flow}${run?.endedAt ? ` und war am ${run.endedAt} fertig` : ''}.`,
  run_failed: ({ flow, name }) =>
    `Sein Durchlauf von ${flow} schlug fehl (${name}); ein Mensch muss ihn ansehen.`,
};

export const outcomes: Sentences['outcomes'] = {
  enters: 'käme der Kontakt hinein',
  reentry: 'wäre diese Bedingung erfüllt, aber der Wiedereintritt trotzdem nicht erlaubt',
  stays: 'wäre der Kontakt geblieben',
  goes_on: 'wäre das Warten vorbei gewesen',
  other_way: 'wäre es anders weitergegangen',
  holds: 'wäre die Bedingung erfüllt',
};

export const changes: Sentences['changes'] = {
  fact: ({ field, from, to }) => `${field} ${to} statt ${from} wäre`,
  other_subject: () => 'es um etwas anderes ginge (eine andere Buchung)',
  start_again: () => 'jemand den Ablauf von Hand und „noch einmal“ startete',
  make_live: () => 'der Ablauf in Betrieb wäre',
};
