/** The channels that templates are written for, those first that most have. */
export const channels = [
  'email',
  'sms',
  'whatsapp',
  'telegram',
  'messenger',
  'instagram',
  'slack',
  'discord',
  'web_chat',
] as const;
