import type { AlertMetric, Severity } from '@halyard/contracts/alerts/rule';
import type { Notice } from './step.js';

/** What a sentence about a metric is made of; `value` and `threshold` are written out with their unit. */
export interface Measure {
  value: string;
  /** What it is about: a connection, a type of event, a service; empty when it is about all. */
  of: string;
}

/** What alerts say to people, in one language. */
export interface AlertWords {
  metrics: Record<AlertMetric, (measure: Measure) => string>;
  within: (amount: number, unit: 'minutes' | 'hours' | 'days') => string;
  limit: Record<'at_least' | 'at_most', (threshold: string) => string>;
  unmeasured: (reason: string) => string;
  severities: Record<Severity, string>;
  notices: Record<Notice, string>;
  many: (count: number) => string;
  more: (count: number) => string;
  test: { name: string; summary: string };
}

const words: Record<string, AlertWords> = {
  en: {
    metrics: {
      failure_rate: ({ value, of }) => `${value} of the messages${of && ` on ${of}`} failed`,
      bounce_rate: ({ value, of }) => `${value} of the messages${of && ` on ${of}`} came back`,
      complaint_rate: ({ value, of }) => `${value} of the messages${of && ` on ${of}`} were called spam`,
      contacts_created: ({ value }) => `New contacts: ${value}`,
      event_count: ({ value, of }) => `Events ${of}: ${value}`,
      failures: ({ value, of }) => `Errors reported${of && ` by ${of}`}: ${value}`,
      queue_depth: ({ value, of }) => `Waiting to be done${of && ` (${of})`}: ${value}`,
      lateness: ({ value }) => `The message that has waited longest is ${value} late`,
      breaker_open: ({ of }) => `${of} failed too often and is left alone for now`,
      unknown_messages: ({ value }) => `Messages of which nobody knows whether they arrived: ${value}`,
      dead_messages: ({ value }) => `Messages that cannot be sent as they are: ${value}`,
      missed_schedules: ({ value }) =>
        `Campaigns and flows that did not start when they should have: ${value}`,
      n8n_health: ({ value, of }) => `${of} did not answer; checks that failed in a row: ${value}`,
    },
    within: (amount, unit) => ` within ${amount} ${unit}`,
    limit: { at_least: (t) => ` (alert at ${t} or more)`, at_most: (t) => ` (alert at ${t} or less)` },
    unmeasured: (reason) => `It cannot be measured how this stands: ${reason}`,
    severities: { info: 'Info', warning: 'Warning', error: 'Error', critical: 'Critical' },
    notices: { fired: 'firing', reminded: 'still firing', resolved: 'over' },
    many: (count) => `${count} alerts`,
    more: (count) => `… and ${count} more.`,
    test: { name: 'Test', summary: 'Alerts reach you here.' },
  },
  de: {
    metrics: {
      failure_rate: ({ value, of }) => `${value} der Nachrichten${of && ` über ${of}`} sind gescheitert`,
      bounce_rate: ({ value, of }) => `${value} der Nachrichten${of && ` über ${of}`} kamen zurück`,
      complaint_rate: ({ value, of }) =>
        `${value} der Nachrichten${of && ` über ${of}`} wurden als Spam gemeldet`,
      contacts_created: ({ value }) => `Neue Kontakte: ${value}`,
      event_count: ({ value, of }) => `Ereignisse ${of}: ${value}`,
      failures: ({ value, of }) => `Gemeldete Fehler${of && ` von ${of}`}: ${value}`,
      queue_depth: ({ value, of }) => `Unerledigt${of && ` (${of})`}: ${value}`,
      lateness: ({ value }) => `Die Nachricht, die am längsten wartet, ist ${value} zu spät`,
      breaker_open: ({ of }) => `${of} ist zu oft gescheitert und wird vorerst nicht benutzt`,
      unknown_messages: ({ value }) => `Nachrichten, von denen niemand weiß, ob sie ankamen: ${value}`,
      dead_messages: ({ value }) => `Nachrichten, die so nicht gesendet werden können: ${value}`,
      missed_schedules: ({ value }) =>
        `Kampagnen und Abläufe, die nicht rechtzeitig gestartet sind: ${value}`,
      n8n_health: ({ value, of }) => `${of} antwortet nicht; fehlgeschlagene Prüfungen in Folge: ${value}`,
    },
    within: (amount, unit) =>
      ` innerhalb von ${amount} ${{ minutes: 'Minuten', hours: 'Stunden', days: 'Tagen' }[unit]}`,
    limit: { at_least: (t) => ` (Alarm ab ${t})`, at_most: (t) => ` (Alarm bis ${t})` },
    unmeasured: (reason) => `Es lässt sich nicht messen, wie es steht: ${reason}`,
    severities: { info: 'Hinweis', warning: 'Warnung', error: 'Fehler', critical: 'Kritisch' },
    notices: { fired: 'ausgelöst', reminded: 'dauert an', resolved: 'vorbei' },
    many: (count) => `${count} Alarme`,
    more: (count) => `… und ${count} weitere.`,
    test: { name: 'Test', summary: 'Alarme erreichen Sie hier.' },
  },
};
const english = words.en as AlertWords;

/** In this language, else in English. */
export const alertWords = (locale: string): AlertWords =>
  words[locale.split(/[-_]/)[0]?.toLowerCase() ?? ''] ?? english;
