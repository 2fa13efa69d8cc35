import type { Route } from '@halyard/contracts/route';

/** Whether its answer lasts for as long as somebody listens: it is no request that is being worked on. */
export const isFollowed = ({ responseType }: Route): boolean => responseType === 'text/event-stream';
