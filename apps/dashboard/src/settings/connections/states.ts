import type { Connection } from '../../data/queries';

/** Needs a person: nothing goes over it, or its last test failed. */
export const isBroken = ({ breaker, status, test_error }: Connection): boolean =>
  breaker.state !== 'closed' || status === 'paused' || test_error !== null;

/** Sends mail of a domain of one's own. */
export const sendsMail = ({ channels, provider }: Connection): boolean =>
  channels.includes('email') && provider !== 'sandbox';
