import type { SandboxMessageDetail } from '../data/inbox';

/** What the recipient gets, by how it is shown. */
export type Received =
  | { kind: 'mail'; from: Party; to: Party; subject: string; html: string; text: string }
  | { kind: 'template'; from: string; template: WhatsAppTemplate }
  | { kind: 'text'; from: string; text: string };

interface Party {
  name?: string;
  address: string;
}

export interface WhatsAppTemplate {
  name: string;
  language: string;
  header?: string;
  body: string[];
  buttons: string[];
}

/** Reads a payload as it was handed over (core/delivery/provider.ts). */
export function receivedOf({ payload: given, channel }: SandboxMessageDetail): Received {
  const payload: Record<string, unknown> = given;
  if (channel === 'email')
    return {
      kind: 'mail',
      from: partyOf(payload.from),
      to: partyOf(payload.to),
      subject: textOf(payload.subject),
      html: textOf(payload.html),
      text: textOf(payload.text),
    };
  const from = textOf(payload.from);
  const template = recordOf(payload.template);
  if (!template) return { kind: 'text', from, text: textOf(payload.text) };
  const header = textOf(template.header);
  return {
    kind: 'template',
    from,
    template: {
      name: textOf(template.name),
      language: textOf(template.language),
      ...(header && { header }),
      body: textsOf(template.body),
      buttons: textsOf(template.buttons),
    },
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const textsOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(textOf) : []);

const recordOf = (value: unknown): Record<string, unknown> | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null;

function partyOf(value: unknown): Party {
  const { name, address } = recordOf(value) ?? {};
  return { address: textOf(address), ...(textOf(name) && { name: textOf(name) }) };
}
