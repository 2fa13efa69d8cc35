// RFC 3463: bad mailbox, system, syntax, moved, relay. 5.1.7 and 5.1.8 are about the sender's address; what others
// there are of 5.1 is no mailbox either (Exchange's 5.1.90: the daily limit of the sender).
const addressCodes = /^5\.1\.(0|1|2|3|4|6|10)$/;
// 5.7.x: security or policy against this sender. 5.1.7/8: the sender's own address.
const senderCodes = /^5\.(7\.\d+|1\.[78])$/;
// A list or group that takes mail only from those it knows (RFC 3463, 5.7.2; Exchange Online's non-delivery reports,
// learn.microsoft.com): it refuses everybody, so it says nothing about this sender.
const closedGroupCodes = /^5\.7\.(2|124|133|134|135|136)$/;
// Some servers give no code that says more than "refused"; these words mean that the mailbox is not there.
const noSuchMailbox =
  /user unknown|unknown user|(unknown|invalid) (mailbox|recipient)|no such (user|mailbox|recipient|address)|no mailbox here|(mailbox|recipient|user|address) not found|does(n't| not) exist|recipient (address )?rejected: (user|undeliverable)/i;

/** The first enhanced status code in a reply; an IP address is none. */
export const enhancedCodeIn = (text: string): string | null =>
  /(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?!\d|\.\d)/.exec(text)?.[0] ?? null;

/** `5.0.0`: refused, and not why. */
export const saysNothing = (code: string): boolean => code.endsWith('.0.0');

/**
 * What a permanent refusal is about: the address, the sender, or only this message (too large, a full mailbox).
 * @param code the enhanced status code; null when the server gave none.
 * @param words the rest of what it said.
 */
export function refusedBy(code: string | null, words: string): 'address' | 'message' | 'sender' {
  if (!code || saysNothing(code)) return noSuchMailbox.test(words) ? 'address' : 'message';
  if (addressCodes.test(code)) return 'address';
  return senderCodes.test(code) && !closedGroupCodes.test(code) ? 'sender' : 'message';
}
