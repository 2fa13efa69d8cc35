import { lot } from '../flows/lot.js';
import type { EventId, Ids } from '../ids.js';
import { messageFacts } from '../messages/message-facts.js';
import { Moments } from './moments.js';
import type { SimulatedMessage } from './simulated-message.js';
import type { Rates } from './starting-point.js';
import type { SimulationState } from './state.js';

type Kind = 'delivered' | 'opened' | 'clicked';

/** Opened between five minutes and a day after it was sent, clicked a minute after that. */
const soonestOpenMs = 5 * 60_000;
const latestOpenMs = 24 * 3_600_000;
const clickAfterMs = 60_000;

/**
 * What people do with messages that never were sent: nobody can know, so it is drawn from the given rates, for each
 * message by its contact, step and occurrence, so that the same message fares the same in every simulation.
 */
export class Engagement {
  readonly ahead = new Moments<{ kind: Kind; message: SimulatedMessage }>();

  constructor(
    private readonly state: SimulationState,
    private readonly newId: Ids,
    private readonly rates: Rates,
  ) {}

  sent(message: SimulatedMessage, now: Date): void {
    if (chance(message, 'delivered') >= this.rates.delivered) return;
    this.#happen('delivered', message, now);
    const draw = chance(message, 'opened');
    if (message.channel !== 'email' || draw >= this.rates.opened) return;
    const after = soonestOpenMs + chance(message, 'when') * (latestOpenMs - soonestOpenMs);
    const openedAt = new Date(now.getTime() + Math.round(after));
    this.ahead.add(openedAt, { kind: 'opened', message });
    // Whoever clicks has opened: the click rate is a share of all messages, too.
    if (draw < this.rates.clicked)
      this.ahead.add(new Date(openedAt.getTime() + clickAfterMs), { kind: 'clicked', message });
  }

  /** Lets happen what has come. */
  round(now: Date): void {
    for (const { kind, message } of this.ahead.due(now)) this.#happen(kind, message, now);
  }

  #happen(kind: Kind, message: SimulatedMessage, now: Date): void {
    message[`${kind}At`] = now;
    if (!this.state.heeds(`message.${kind}`)) return;
    const { id, contactId, origin } = message.written;
    const { runId = null, flowId = null, stepId = null } = origin ?? {};
    this.state.queue({
      id: this.newId<EventId>(),
      type: `message.${kind}`,
      contactId,
      subject: { type: 'message', id },
      payload: messageFacts({ messageId: id, channel: message.channel, runId, flowId, stepId }),
      occurredAt: now,
    });
  }
}

function chance({ written: { contactId, subject, origin } }: SimulatedMessage, about: string): number {
  return lot(contactId ?? '', subject?.id ?? '', origin?.stepId ?? '', String(origin?.occurrence), about);
}
