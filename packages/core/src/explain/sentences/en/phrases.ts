import type { Sentences } from '../sentences.js';

export const phrases: Sentences['phrases'] = {
  event: (type) => `${type} happened.`,
  run: (flow, version) => `The contact entered “${flow}” (version ${version}).`,
  campaign: (name, occurrence) => `Campaign “${name}”, occurrence ${occurrence}, made it.`,
  planned: (step, at) => (step ? `Step ${step} planned it for ${at}.` : `It was planned for ${at}.`),
  other: (rule, verdict) => `${rule}: ${verdict}.`,
  named: (name) => `“${name}”`,
  yes: 'yes',
  no: 'no',
  nothing: 'not set',
  asOfNow: 'known only as it is now',
  wouldFlip: (changes, outcome) => `If ${changes}, ${outcome}.`,
  and: ' and ',
  noFlip: 'No change of one or two facts would flip that.',
};

export const channels: Sentences['channels'] = {
  email: 'email',
  sms: 'SMS',
  whatsapp: 'WhatsApp',
  messenger: 'Messenger',
  instagram: 'Instagram',
  telegram: 'Telegram',
  slack: 'Slack',
  discord: 'Discord',
  web_chat: 'web chat',
};
