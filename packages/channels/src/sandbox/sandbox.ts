import { setTimeout as wait } from 'node:timers/promises';
import type { SandboxBehaviour, SandboxSettings } from '@halyard/contracts/connections/provider-settings';
import { providerSettings } from '@halyard/contracts/connections/provider-settings';
import type { Clock } from '@halyard/core/clock';
import type {
  OpenConnection,
  Provider,
  ProviderReport,
  SendOutcome,
  SendRequest,
} from '@halyard/core/delivery/provider';
import type { SandboxInboxWriter } from '@halyard/core/sandbox/sandbox-inbox';
import { behaviourOf } from './behaviour.js';

const hour = 3_600_000;

/**
 * The provider for trying things out: it takes every channel, keeps what would have arrived in an inbox, and fails in
 * whichever way it is told to (see {@link behaviourOf}). Idempotent by key, like the best of the real ones. What it
 * reports later is queued in the database with the message and delivered by the sandbox report loop.
 */
export class SandboxProvider implements Provider {
  readonly name = 'sandbox';
  readonly channels = providerSettings.sandbox.channels;
  readonly onUnknown = { kind: 'retry_same_key', keyWindowMs: 24 * hour } as const;

  constructor(
    private readonly inbox: SandboxInboxWriter,
    private readonly clock: Clock,
  ) {}

  async send(connection: OpenConnection, request: SendRequest, signal: AbortSignal): Promise<SendOutcome> {
    const settings = connection.settings as SandboxSettings;
    const { payload } = request;
    const recipient = addressOf(payload.to);
    const behaviour = behaviourOf(recipient, settings.behaviour);
    if (signal.aborted)
      return { kind: 'failed_before_send', code: 'aborted', detail: 'Stopped before it was handed over.' };
    const refused = refusals[behaviour];
    if (refused) return refused(recipient);
    const { arrived, alreadyArrived } = await this.inbox.record(connection.orgId, {
      connectionId: connection.id,
      messageId: request.messageId,
      idempotencyKey: request.idempotencyKey,
      channel: payload.channel,
      recipient,
      sender: addressOf(payload.from),
      subject: payload.channel === 'email' ? payload.subject : null,
      payload,
      behaviour,
      arrivesAtTry: behaviour === 'throttle' ? 2 : 1,
      reports: reportsOf[behaviour],
      at: this.clock.now(),
    });
    if (!arrived)
      return {
        kind: 'throttled',
        retryAfterMs: settings.throttle_ms,
        detail: 'The sandbox was told to throttle.',
      };
    const accepted: SendOutcome = { kind: 'accepted', providerMessageId: request.idempotencyKey };
    if (behaviour === 'drop' && !alreadyArrived)
      return {
        kind: 'unknown',
        code: 'answer_lost',
        detail: 'The sandbox took it and was told to drop the answer.',
      };
    if (behaviour !== 'delay') return accepted;
    return wait(settings.delay_ms, accepted, { signal }).catch(
      (): SendOutcome => ({
        kind: 'unknown',
        code: 'timeout',
        detail: 'The sandbox was told to answer late.',
      }),
    );
  }

  async test(): Promise<{ ok: true }> {
    return { ok: true };
  }
}

const addressOf = (party: string | { address: string }): string =>
  typeof party === 'string' ? party : party.address;

const refusals: Partial<Record<SandboxBehaviour, (recipient: string) => SendOutcome>> = {
  fail: () => ({ kind: 'rejected', code: 'sandbox_failed', detail: 'The sandbox was told to fail.' }),
  invalid: (recipient) => ({
    kind: 'rejected',
    code: 'invalid_recipient',
    detail: `The sandbox was told that ${recipient} does not exist.`,
    invalidAddress: true,
  }),
};

const delivered = { type: 'delivered' } as const;

const reportsOf: Record<SandboxBehaviour, { type: ProviderReport['type']; detail?: string }[]> = {
  deliver: [delivered],
  throttle: [delivered],
  delay: [delivered],
  drop: [delivered],
  bounce: [{ type: 'bounced', detail: '550 5.1.1 The sandbox was told to bounce.' }],
  soft_bounce: [{ type: 'soft_bounced', detail: '452 4.2.2 The sandbox was told that the mailbox is full.' }],
  complain: [delivered, { type: 'complained', detail: 'The sandbox was told to complain.' }],
  fail: [],
  invalid: [],
};
