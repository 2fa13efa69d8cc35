import type { CampaignInput } from '@halyard/contracts/campaigns/campaign';
import type { Channel } from '@halyard/contracts/primitives';
import type { CampaignId, ContactId, MessageId } from '../ids.js';
import type { NewMessage, TemplateVersions } from '../messages/message.js';
import { addDuration } from '../time/arithmetic.js';

/** What an occurrence says: the campaign as it was at its start, with the versions of its templates. */
export interface OccurrenceMessage
  extends Pick<CampaignInput, 'audience' | 'class' | 'topic' | 'variables' | 'expires_after'> {
  channels: Channel[];
  template: TemplateVersions;
}

export interface PlannedOccurrence {
  campaignId: CampaignId;
  n: number;
  message: OccurrenceMessage;
  /** The next occurrence starts then, and this one is over. */
  expiresAt: Date | null;
}

/** The message to one recipient; its key lets no recipient have a second one of the same occurrence. */
export function messageOf(
  { campaignId, n, message, expiresAt }: PlannedOccurrence,
  contactId: ContactId,
  id: MessageId,
  now: Date,
): NewMessage {
  const late = message.expires_after ? addDuration(now, message.expires_after, 'UTC') : null;
  return {
    id,
    key: `campaign:${campaignId}:${n}:${contactId}`,
    contactId,
    source: 'campaign',
    subject: { type: 'campaign', id: campaignId },
    class: message.class,
    topic: message.topic,
    channels: message.channels,
    template: message.template,
    variables: message.variables,
    plannedAt: now,
    expiresAt: late && expiresAt ? (late < expiresAt ? late : expiresAt) : (late ?? expiresAt),
    timeZone: null,
  };
}
