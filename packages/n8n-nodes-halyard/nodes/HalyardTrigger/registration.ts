import type { IHookFunctions, IWebhookFunctions } from 'n8n-workflow';

/** What a trigger keeps with its workflow. Listening for a test event has an address and an endpoint of its own. */
export interface Registration {
  endpointId?: string;
  secret?: string;
  /** The secret before, as long as Halyard may still sign with it. */
  previous?: { secret: string; until: string };
  seen?: string[];
}

/** The registration of the address that the trigger has now. */
export function registrationOf(context: IHookFunctions | IWebhookFunctions): Registration {
  const kept = context.getWorkflowStaticData('node') as { registrations?: Record<string, Registration> };
  const address = context.getNodeWebhookUrl('default') ?? '';
  kept.registrations = { ...kept.registrations, [address]: kept.registrations?.[address] ?? {} };
  return kept.registrations[address] as Registration;
}

/** The secrets that a request may be signed with now. */
export const secretsOf = ({ secret, previous }: Registration, now: Date): string[] =>
  [secret, previous && new Date(previous.until) > now ? previous.secret : undefined].filter(
    (one): one is string => one !== undefined,
  );
