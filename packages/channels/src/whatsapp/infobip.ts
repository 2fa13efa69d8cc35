import type { InfobipWhatsAppSettings } from '@halyard/contracts/connections/provider-settings';
import type {
  InboundRequest,
  OpenConnection,
  Provider,
  ProviderReport,
  SendOutcome,
  SendRequest,
  WhatsAppPayload,
} from '@halyard/core/delivery/provider';
import type { Dispatcher } from 'undici';
import type { VendorCall } from '../http/call-vendor.js';
import { callVendor } from '../http/call-vendor.js';
import type { InfobipTaken } from '../infobip/account.js';
import { authorization, digits, infobipOutcome, testAccount, urlOf } from '../infobip/account.js';
import { isFromInfobip, parseInfobip } from '../infobip/webhook.js';

/**
 * WhatsApp by Infobip: approved templates (POST /whatsapp/1/message/template) and, in the 24-hour window, free text
 * (POST /whatsapp/1/message/text). It is not documented that a repeated messageId is refused here, so a lost answer is
 * not repeated: the delivery report, which carries our id, resolves it.
 */
export class InfobipWhatsAppProvider implements Provider {
  readonly name = 'infobip_whatsapp';
  readonly channels = ['whatsapp'] as const;
  readonly onUnknown = { kind: 'await_report' } as const;

  constructor(private readonly dispatcher: Dispatcher) {}

  async send(connection: OpenConnection, request: SendRequest, signal: AbortSignal): Promise<SendOutcome> {
    const answer = await callVendor(this.dispatcher, infobipWhatsAppRequest(connection, request), signal);
    // Templates are answered as a list, free text as the message itself.
    return infobipOutcome(answer, connection, (json) => {
      const body = json as (InfobipTaken & { messages?: InfobipTaken[] }) | null;
      return body?.messages ? body.messages[0] : (body ?? undefined);
    });
  }

  test(connection: OpenConnection, signal: AbortSignal) {
    return testAccount(this.dispatcher, connection, signal);
  }

  async receive(connection: OpenConnection, request: InboundRequest): Promise<ProviderReport[] | null> {
    return isFromInfobip(connection, request) ? parseInfobip('whatsapp', request) : null;
  }
}

export function infobipWhatsAppRequest(
  connection: OpenConnection,
  { payload, messageId, idempotencyKey }: SendRequest,
): VendorCall {
  if (payload.channel !== 'whatsapp')
    throw new Error(`This connection sends whatsapp, not ${payload.channel}.`);
  const { reportUrl } = connection;
  const { sender } = connection.settings as InfobipWhatsAppSettings;
  const message = {
    from: digits(payload.from || sender),
    to: digits(payload.to),
    messageId: idempotencyKey,
    callbackData: messageId,
    ...(reportUrl ? { notifyUrl: reportUrl } : {}),
  };
  const call = { method: 'POST', headers: authorization(connection) } as const;
  if (!payload.template)
    return {
      ...call,
      url: urlOf(connection, '/whatsapp/1/message/text'),
      body: { ...message, content: { text: payload.text ?? '' } },
    };
  return {
    ...call,
    url: urlOf(connection, '/whatsapp/1/message/template'),
    body: { messages: [{ ...message, content: templateContent(payload.template) }] },
  };
}

const templateContent = (template: NonNullable<WhatsAppPayload['template']>) => ({
  templateName: template.name,
  language: template.language,
  templateData: {
    body: { placeholders: template.body },
    ...(template.header === undefined ? {} : { header: { type: 'TEXT', placeholder: template.header } }),
    ...(template.buttons?.length
      ? { buttons: template.buttons.map((parameter) => ({ type: 'URL', parameter })) }
      : {}),
  },
});
