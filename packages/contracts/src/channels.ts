/** All channels, those first that most organizations have. Without zod, so that a page can list them for nothing. */
export const channels = [
  'email',
  'sms',
  'whatsapp',
  'messenger',
  'instagram',
  'telegram',
  'slack',
  'discord',
  'web_chat',
] as const;
