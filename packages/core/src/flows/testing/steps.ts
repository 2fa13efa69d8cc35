/** Steps as a person writes them: what is left out is the default. */
export const mail = (id: string, more: object = {}) => ({
  id,
  type: 'message',
  template: 'hello',
  channels: ['email'],
  ...more,
});

export const pause = (id: string, more: object = {}) => ({
  id,
  type: 'wait',
  wait: { for: 'duration', duration: 'P1D' },
  ...more,
});
