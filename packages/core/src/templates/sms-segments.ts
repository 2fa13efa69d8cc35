import { SegmentedMessage } from 'sms-segments-calculator';

export interface SmsSegments {
  /** GSM-7 holds 160 characters (153 in each of several parts), UCS-2 only 70 (67). */
  encoding: 'GSM-7' | 'UCS-2';
  segments: number;
  characters: number;
  /** What GSM-7 does not have: each of these makes the whole message UCS-2. */
  outside_gsm7: string[];
}

/** How an SMS is cut and billed. */
export function smsSegments(text: string): SmsSegments {
  const message = new SegmentedMessage(text);
  const gsm = message.encodingName === 'GSM-7';
  return {
    encoding: gsm ? 'GSM-7' : 'UCS-2',
    segments: message.segmentsCount,
    characters: message.numberOfCharacters,
    outside_gsm7: gsm ? [] : [...new Set(message.getNonGsmCharacters())],
  };
}
