import type { Resource } from '../operation';
import { academy } from './academy';
import { alert } from './alert';
import { apiCall } from './apiCall';
import { apiKey } from './apiKey';
import { booking } from './booking';
import { campaign } from './campaign';
import { contact } from './contact';
import { event } from './event';
import { flow } from './flow';
import { flowStep } from './flowStep';
import { message } from './message';
import { outreachItem } from './outreachItem';
import { reviewItem } from './reviewItem';
import { sendPermit } from './sendPermit';

export const resources: Resource[] = [
  contact,
  event,
  booking,
  outreachItem,
  flow,
  flowStep,
  message,
  sendPermit,
  campaign,
  reviewItem,
  academy,
  alert,
  apiKey,
  apiCall,
];
