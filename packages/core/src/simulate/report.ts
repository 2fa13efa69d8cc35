import type { Simulated, SimulatedTotals } from '@halyard/contracts/simulate/result';
import type { ContactId } from '../ids.js';
import { localIso } from '../time/format.js';
import { isZone, offsetAt } from '../time/zone.js';
import type { SimulatedMessage } from './simulated-message.js';
import type { SimulationState } from './state.js';

/** Sums over everything that was simulated. Days are those of the organization's zone. */
export function totalsOf(state: SimulationState, inputs: number): SimulatedTotals {
  const messages = [...state.messages.values()];
  const sent = messages.filter(({ sentAt }) => sentAt);
  const zone = state.start.organization.timeZone;
  return {
    events: inputs,
    contacts: state.contacts.size,
    contacts_reached: new Set(sent.map(({ written }) => written.contactId)).size,
    runs: countBy([...state.runs.values()], ({ status }) => status),
    messages: countBy(messages, ({ status }) => status),
    days: daysOf(sent, zone),
    not_sent: reasonsOf(messages),
    held: heldOf(messages),
    cost: costOf(sent),
    failures: state.failures.length,
  };
}

const dayMs = 86_400_000;

function daysOf(sent: readonly SimulatedMessage[], zone: string): SimulatedTotals['days'] {
  const counts = countBy(sent, ({ sentAt, channel }) => {
    const at = sentAt ?? new Date(0);
    return `${Math.floor((at.getTime() + offsetAt(at, zone)) / dayMs)} ${channel}`;
  });
  return Object.entries(counts)
    .map(([key, messages]) => {
      const [day = '', channel = ''] = key.split(' ');
      return { day: new Date(Number(day) * dayMs).toISOString().slice(0, 10), channel, messages };
    })
    .sort((a, b) => (`${a.day} ${a.channel}` < `${b.day} ${b.channel}` ? -1 : 1));
}

const over = new Set(['skipped', 'cancelled', 'expired', 'failed', 'dead', 'unknown']);

function reasonsOf(messages: readonly SimulatedMessage[]): SimulatedTotals['not_sent'] {
  const counts = countBy(
    messages.filter(({ status }) => over.has(status)),
    ({ status, reason }) => `${status} ${reason}`,
  );
  return Object.entries(counts).map(([key, count]) => {
    const at = key.indexOf(' ');
    return { status: key.slice(0, at), reason: key.slice(at + 1), messages: count };
  });
}

function heldOf(messages: readonly SimulatedMessage[]): SimulatedTotals['held'] {
  const rules = new Map<string, { times: number; messages: number }>();
  for (const { held } of messages) {
    if (held.length === 0) continue;
    for (const { rule } of held) {
      const known = rules.get(rule) ?? { times: 0, messages: 0 };
      rules.set(rule, { ...known, times: known.times + 1 });
    }
    for (const rule of new Set(held.map((one) => one.rule))) {
      const known = rules.get(rule);
      if (known) known.messages++;
    }
  }
  return [...rules].map(([rule, counts]) => ({ rule, ...counts }));
}

function costOf(sent: readonly SimulatedMessage[]): SimulatedTotals['cost'] {
  const sums = new Map<string, number>();
  for (const { cost } of sent)
    if (cost) sums.set(cost.currency, (sums.get(cost.currency) ?? 0) + cost.amount);
  return [...sums].map(([currency, amount]) => ({ currency, amount: Number(amount.toFixed(4)) }));
}

/** What one contact lives through, in the order of time. */
export function timelineOf(state: SimulationState, contactId: ContactId): Simulated {
  const contact = state.contacts.get(contactId);
  const runs = [...(contact?.ended.values() ?? []), ...(contact?.active.values() ?? [])].sort(
    (a, b) => a.startedAt.getTime() - b.startedAt.getTime(),
  );
  const own = contact?.facts.time_zone;
  const zone = isZone(own) ? own : state.start.organization.timeZone;
  const messages = runs
    .flatMap(({ id }) => state.messagesOfRun.get(id) ?? [])
    .sort((a, b) => momentOf(a).getTime() - momentOf(b).getTime());
  return {
    contact_id: contactId,
    name: nameOf(contact?.facts ?? {}),
    time_zone: zone,
    runs: runs.map((run) => ({
      flow: run.flowKey,
      subject: run.subject,
      event: (run.triggerEventId && state.events.get(run.triggerEventId)?.type) || null,
      started_at: run.startedAt.toISOString(),
      status: run.status,
      end_reason: run.endReason,
    })),
    messages: messages.map((message) => messageOf(state, message, zone)),
  };
}

/** When it was sent or ended; when it would be, while it waits. */
export const momentOf = ({ endedAt, dueAt }: SimulatedMessage): Date => endedAt ?? dueAt;

function messageOf(
  state: SimulationState,
  message: SimulatedMessage,
  zone: string,
): Simulated['messages'][number] {
  const { written, status, channel, address, reason, needs, cost, content } = message;
  return {
    flow: state.runs.get(written.origin?.runId as never)?.flowKey ?? '',
    step: written.origin?.stepId ?? '',
    occurrence: written.origin?.occurrence ?? 1,
    subject: written.subject ? { type: written.subject.type, id: written.subject.id } : null,
    class: written.class,
    status,
    at: momentOf(message).toISOString(),
    local: localIso(momentOf(message), zone),
    planned_at: message.plannedAt.toISOString(),
    channel,
    address,
    reason,
    needs,
    held: message.held.map(({ at, rule, reason: why, until, needs: needed }) => ({
      at: at.toISOString(),
      rule,
      reason: why,
      until: until.toISOString(),
      needs: needed,
    })),
    cost,
    content,
  };
}

function nameOf(facts: Readonly<Record<string, unknown>>): string | null {
  const parts = [facts.first_name, facts.last_name].filter((part) => typeof part === 'string' && part !== '');
  return parts.length ? parts.join(' ') : null;
}

function countBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1;
  return counts;
}
