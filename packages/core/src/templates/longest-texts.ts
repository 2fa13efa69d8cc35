import type { Channel } from '@halyard/contracts/primitives';

/**
 * The most characters that a message may have where a vendor has a limit. Longer ones are refused with the reason, and
 * the template's fallback goes out if it has one: a text that is cut loses its end, which often holds what matters, and
 * one that is split can arrive in part.
 * - Discord: docs.discord.com/developers/resources/webhook#execute-webhook
 * - Slack, which cuts by itself: docs.slack.dev/reference/methods/chat.postMessage, "Truncating content"
 * - Telegram: core.telegram.org/bots/api#sendmessage
 */
const longest: Partial<Record<Channel, number>> = { discord: 2_000, slack: 40_000, telegram: 4_096 };

/** What is wrong with the length of a text on this channel; null when nothing is. */
export function tooLongFor(channel: Channel, text: string): string | null {
  const most = longest[channel];
  if (most === undefined || text.length <= most) return null;
  return `the text has ${text.length} characters, and ${channel} takes ${most}: shorten it`;
}
