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
 * message by its contact, subject and step, and by how many of these came before it, so that the same message fares the
 * same in every simulation.
 */
export class Engagement {
  readonly ahead = new Moments<{ kind: Kind; message: SimulatedMessage }>();
  readonly #sent = new Map<string, number>();

  constructor(
    private readonly state: SimulationState,
    private readonly newId: Ids,
    private readonly rates: Rates,
  ) {}

  sent(message: SimulatedMessage, now: Date): void {
    const { delivered, opened, clicked } = this.rates;
    // With nothing to be drawn, the draws need not be counted.
    if (delivered === 1 && opened === 0) {
      this.#happen('delivered', message, now);
      return;
    }
    const chance = this.#chanceOf(message);
    if (delivered < 1 && chance('delivered') >= delivered) return;
    this.#happen('delivered', message, now);
    if (message.channel !== 'email' || opened === 0) return;
    const draw = chance('opened');
    if (draw >= opened) return;
    const after = soonestOpenMs + chance('when') * (latestOpenMs - soonestOpenMs);
    const openedAt = new Date(now.getTime() + Math.round(after));
    this.ahead.add(openedAt, { kind: 'opened', message });
    // Whoever clicks has opened: the click rate is a share of all messages, too.
    if (draw < clicked)
      this.ahead.add(new Date(openedAt.getTime() + clickAfterMs), { kind: 'clicked', message });
  }

  #chanceOf({ written: { contactId, subject, origin } }: SimulatedMessage): (about: string) => number {
    const alike = `${contactId} ${subject?.id} ${origin?.stepId}`;
    const n = (this.#sent.get(alike) ?? 0) + 1;
    this.#sent.set(alike, n);
    return (about) => lot(alike, String(n), about);
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
