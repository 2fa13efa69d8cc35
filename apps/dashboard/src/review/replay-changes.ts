/** What is read again when something was tried again: what it is about may be at work at once. */
export const replayChanges = [
  'review-items',
  'message',
  'messages',
  'flow',
  'runs',
  'deliveries',
  'contact',
] as const;
