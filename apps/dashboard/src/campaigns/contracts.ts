import { Audience, CampaignInput } from '@halyard/contracts/campaigns/campaign';
import type { Condition } from '@halyard/contracts/conditions';
import { Channel } from '@halyard/contracts/primitives';
import { z } from 'zod';

/** What the form of a campaign holds. Loaded when it is checked. */
export const CampaignDraft = z.strictObject({
  name: CampaignInput.shape.name,
  // What goes in is what comes out: nothing in it has a default.
  audience: Audience as z.ZodType<Condition, Condition>,
  ways: z.array(z.strictObject({ channel: Channel, key: z.string().min(1) })).min(1),
  class: z.enum(['marketing', 'service']),
  topic: z.string().min(1).max(100),
});
export type CampaignDraft = z.output<typeof CampaignDraft>;
