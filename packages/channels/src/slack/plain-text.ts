/**
 * A text as Slack shows it letter for letter: the three characters that begin its mentions and links are written as
 * entities (docs.slack.dev/messaging/formatting-message-text, "Escaping text"). Formatting is switched off in the request.
 */
export const slackText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What Slack cuts off without a word (docs.slack.dev/reference/methods/chat.postMessage, "Truncating content"). */
export const longestSlackText = 40_000;
