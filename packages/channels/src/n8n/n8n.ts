import type { N8nSettings } from '@halyard/contracts/connections/provider-settings';
import { ReportedOutcome } from '@halyard/contracts/handovers/outcome';
import { Channel } from '@halyard/contracts/primitives';
import type { Clock } from '@halyard/core/clock';
import type { OpenConnection, Provider, SendOutcome, SendRequest } from '@halyard/core/delivery/provider';
import { outcomeOf } from '@halyard/core/handovers/reported-outcome';
import type { AttemptId, OrgId } from '@halyard/core/ids';
import type { Dispatcher } from 'undici';
import type { VendorAnswer } from '../http/call-vendor.js';
import { callVendor, commonOutcome } from '../http/call-vendor.js';
import { withoutSecrets } from '../without-secrets.js';
import { handOver } from './hand-over.js';

/** Where the outcome of an attempt is reported to; the address proves by itself who may. */
export type ReportUrl = (orgId: OrgId, attemptId: AttemptId) => string;

/**
 * Workflows of n8n that send. A 2xx says that the workflow has the message, not that it was sent: that is reported later,
 * or, by a workflow that answers at its end, in the answer itself.
 */
export class N8nProvider implements Provider {
  readonly name = 'n8n';
  readonly channels = Channel.options;
  readonly onUnknown = { kind: 'await_report' } as const;

  constructor(
    private readonly dispatcher: Dispatcher,
    private readonly reportUrl: ReportUrl,
    private readonly clock: Clock,
  ) {}

  async send(connection: OpenConnection, request: SendRequest, signal: AbortSignal): Promise<SendOutcome> {
    const report = this.reportUrl(request.orgId, request.attemptId);
    const { url, headers, body, reportBy } = handOver(connection, request, report, this.clock.now());
    const answer = await callVendor(this.dispatcher, { method: 'POST', url, headers, bytes: body }, signal);
    const outcome = commonOutcome(answer, connection);
    if (outcome || answer.kind !== 'answered') return outcome ?? broken;
    return refusal(answer, connection) ?? answered(answer.json) ?? { kind: 'handed_over', reportBy };
  }

  async test(
    connection: OpenConnection,
    signal: AbortSignal,
  ): Promise<{ ok: true } | { ok: false; reason: string }> {
    const { base_url } = connection.settings as N8nSettings;
    const call = { method: 'GET', url: `${base_url}/healthz`, headers: {} } as const;
    const answer = await callVendor(this.dispatcher, call, signal);
    if (answer.kind !== 'answered')
      return {
        ok: false,
        reason: `n8n could not be reached: ${withoutSecrets(answer.detail, connection.secrets)}`,
      };
    const { status } = (answer.json ?? {}) as { status?: unknown };
    if (answer.status === 200 && status === 'ok') return { ok: true };
    return {
      ok: false,
      reason: `This is not n8n, or it is not well: /healthz answered ${answer.status}. Check the base URL.`,
    };
  }
}

type Answered = Extract<VendorAnswer, { kind: 'answered' }>;

/** n8n runs nothing when it answers so; null when it has taken the message. */
function refusal({ status, json }: Answered, { secrets }: OpenConnection): SendOutcome | null {
  if (status >= 200 && status < 300) return null;
  const { message } = (json ?? {}) as { message?: unknown };
  const said = withoutSecrets(typeof message === 'string' ? message : `Answered ${status}.`, secrets);
  if (status === 404 || (status >= 300 && status < 400))
    return {
      kind: 'failed_before_send',
      code: status === 404 ? 'not_registered' : 'redirected',
      detail: `${said} The webhook has to be there: check the path, and that the workflow is active.`,
    };
  const account = status === 401 || status === 403;
  return {
    kind: 'rejected',
    code: `http_${status}`,
    detail: said,
    ...(account && { pauseConnection: true }),
  };
}

/** A workflow may answer with what became of the message. */
function answered(json: unknown): SendOutcome | null {
  const parsed = ReportedOutcome.safeParse(json);
  return parsed.success ? outcomeOf(parsed.data) : null;
}

const broken: SendOutcome = { kind: 'unknown', code: 'no_answer', detail: 'n8n gave no answer.' };
