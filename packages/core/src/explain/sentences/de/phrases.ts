import type { Sentences } from '../sentences.js';

export const phrases: Sentences['phrases'] = {
  event: (type) => `${type} ist geschehen.`,
  run: (flow, version) => `Der Kontakt kam in „${flow}“ (Version ${version}).`,
  campaign: (name, occurrence) => `Kampagne „${name}“, Durchgang ${occurrence}, hat sie erstellt.`,
  planned: (step, at) => (step ? `Schritt ${step} plante sie für ${at}.` : `Sie wurde für ${at} geplant.`),
  other: (rule, verdict) => `${rule}: ${verdict}.`,
  named: (name) => `„${name}“`,
  yes: 'ja',
  no: 'nein',
  nothing: 'nicht gesetzt',
  asOfNow: 'nur im heutigen Stand bekannt',
  wouldFlip: (changes, outcome) => `Wenn ${changes}, ${outcome}.`,
  and: ' und ',
  noFlip: 'Keine Änderung von ein oder zwei Tatsachen würde daran etwas ändern.',
};

export const channels: Sentences['channels'] = {
  email: 'E-Mail',
  sms: 'SMS',
  whatsapp: 'WhatsApp',
  messenger: 'Messenger',
  instagram: 'Instagram',
  telegram: 'Telegram',
  slack: 'Slack',
  discord: 'Discord',
  web_chat: 'Web-Chat',
};
