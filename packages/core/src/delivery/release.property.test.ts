import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ConsentLine } from '../contacts/consent.js';
import type { MessageId } from '../ids.js';
import type { DueMessage } from './candidate.js';
import { suppressionKey } from './candidate.js';
import { decideRelease } from './release.js';
import { candidateOf, roundAt } from './testing/candidates.js';

const time = fc
  .record({ hour: fc.integer({ min: 0, max: 23 }), minute: fc.constantFrom(0, 15, 30, 59) })
  .map(({ hour, minute }) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const zone = fc.constantFrom(
  ...[
    'Europe/Berlin',
    'America/New_York',
    'Australia/Lord_Howe',
    'America/St_Johns',
    'Asia/Kolkata',
    'Pacific/Apia',
  ],
);
/** Around the changes of clocks of 2026 in Europe, North America and Australia. */
const moment = fc
  .record({
    day: fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01'),
    offset: fc.integer({ min: -36 * 60, max: 36 * 60 }),
  })
  .map(({ day, offset }) => new Date(Date.parse(`${day}T00:00:00Z`) + offset * 60_000));

/** What a clock on the recipient's wall shows, by ICU and not by the code under test. */
const wallTime = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    at,
  );
const isWithin = (wall: string, from: string, to: string): boolean =>
  from < to ? wall >= from && wall < to : from === to || wall >= from || wall < to;

test('Feature: delivery, Property 1: every message goes out within the allowed hours where its recipient is', () => {
  fc.assert(
    fc.property(zone, moment, time, time, fc.uuid({ version: 7 }), (timeZone, due, from, to, id) => {
      fc.pre(from !== to);
      let now = due;
      for (let n = 0; n < 20; n++) {
        const message = { channels: ['sms'] as const, id: id as MessageId, plannedAt: due };
        const candidate = candidateOf(
          {
            message: { ...message, channels: [...message.channels], class: 'service' },
            contact: { timeZone },
            policy: { quiet_hours: { sms: { from, to } } },
          },
          now,
        );
        const release = decideRelease(candidate, roundAt(now));
        const quiet = isWithin(wallTime(now, timeZone), from, to);
        if (release.kind === 'send') {
          expect(quiet).toBe(false);
          return;
        }
        if (release.kind !== 'stop' || release.stop.verdict !== 'defer')
          throw new Error(JSON.stringify(release));
        expect(quiet).toBe(true); // nothing is held without need
        expect(release.stop.until.getTime()).toBeGreaterThan(now.getTime());
        now = release.stop.until;
      }
      throw new Error('It was never sent.');
    }),
    { numRuns: 500 },
  );
});

test('Feature: delivery, Property 2: where the zone is not known, the hours hold in every zone of the country', () => {
  const zones = [
    'Pacific/Honolulu',
    'America/Anchorage',
    'America/Los_Angeles',
    'America/Chicago',
    'America/New_York',
  ];
  fc.assert(
    fc.property(moment, (due) => {
      let now = due;
      for (let n = 0; n < 20; n++) {
        const contact = { timeZone: null, identities: [{ kind: 'phone' as const, address: '+12125550123' }] };
        const candidate = candidateOf(
          { message: { channels: ['sms'], class: 'service', plannedAt: due }, contact },
          now,
        );
        const release = decideRelease(candidate, roundAt(now));
        if (release.kind === 'send') {
          expect(zones.filter((one) => isWithin(wallTime(now, one), '21:00', '08:00'))).toEqual([]);
          return;
        }
        if (release.kind !== 'stop' || release.stop.verdict !== 'defer')
          throw new Error(JSON.stringify(release));
        now = release.stop.until;
      }
      throw new Error('It was never sent.');
    }),
    { numRuns: 100 },
  );
});

const line = fc.record({
  channel: fc.constantFrom('*', 'email', 'sms'),
  topic: fc.constantFrom('*', 'news', 'offers'),
  state: fc.constantFrom('granted' as const, 'withdrawn' as const),
});
const noon = new Date('2026-06-01T10:00:00Z');

test('Feature: delivery, Property 3: no marketing goes to the opted-out, and nothing to a dead address', () => {
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 6 }),
      fc.constantFrom<DueMessage['class']>('marketing', 'service', 'transactional'),
      fc.constantFrom('*', 'news', 'offers'),
      fc.constantFrom(
        null,
        'hard_bounce' as const,
        'complaint' as const,
        'stop' as const,
        'unsubscribed' as const,
      ),
      fc.constantFrom('opt_in' as const, 'opt_out' as const),
      (lines, messageClass, topic, suppressed, rule) => {
        const consents: ConsentLine[] = lines.map((one, seq) => ({ ...one, id: String(seq), seq }));
        const candidate = candidateOf(
          {
            message: { class: messageClass, topic, channels: ['email', 'sms'] },
            contact: { consents },
            policy: { consent: { email: rule, sms: rule } },
            candidate: {
              suppressed: new Map(
                suppressed ? [[suppressionKey('email', 'ada@example.com'), suppressed]] : [],
              ),
            },
          },
          noon,
        );
        const release = decideRelease(candidate, roundAt(noon));
        if (release.kind !== 'send') return;
        const { channel } = release.route;
        if (channel === 'email' && suppressed) {
          expect(suppressed).toBe('unsubscribed');
          expect(messageClass).not.toBe('marketing');
        }
        if (messageClass !== 'marketing') return;
        const last = lines.findLast(
          (one) => ['*', channel].includes(one.channel) && ['*', topic].includes(one.topic),
        );
        expect(last?.state ?? (rule === 'opt_out' ? 'granted' : 'none')).toBe('granted');
      },
    ),
    { numRuns: 1_000 },
  );
});

test('Feature: delivery, Property 4: a cap is never exceeded, however the messages of a contact come', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.record({ minutes: fc.integer({ min: 0, max: 3_000 }), channel: fc.constantFrom('email', 'sms') }),
        {
          minLength: 1,
          maxLength: 30,
        },
      ),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom('PT1H', 'P1D'),
      (arrivals, limit, per) => {
        const periodMs = per === 'PT1H' ? 3_600_000 : 86_400_000;
        const policy = {
          caps: [{ messages: limit, per }],
          quiet_hours: { default: null, sms: null },
          consent: { sms: 'opt_out' },
          expire_after: 'P60D',
        };
        const released: { messageId: MessageId; at: Date; channel: 'email' | 'sms' }[] = [];
        const queue = arrivals.map(({ minutes, channel }, n) => ({
          at: new Date(noon.getTime() + minutes * 60_000),
          channel,
          n,
        }));
        for (let steps = 0; queue.length > 0; steps++) {
          if (steps > 5_000) throw new Error('It does not come to an end.');
          queue.sort((a, b) => a.at.getTime() - b.at.getTime());
          const next = queue.shift();
          if (!next) break;
          const id = `00000000-0000-7000-8000-${String(next.n).padStart(12, '0')}` as MessageId;
          const message = { id, channels: [next.channel as 'email' | 'sms'], plannedAt: noon };
          const candidate = candidateOf(
            { message, policy, contact: { timeZone: 'UTC' }, candidate: { released } },
            next.at,
          );
          const release = decideRelease(candidate, roundAt(next.at));
          if (release.kind === 'stop' && release.stop.verdict === 'defer')
            queue.push({ ...next, at: release.stop.until });
          else expect(release.kind).toBe('send');
        }
        expect(released).toHaveLength(arrivals.length);
        for (const { at } of released) {
          const within = released.filter((one) => one.at <= at && one.at.getTime() > at.getTime() - periodMs);
          expect(within.length).toBeLessThanOrEqual(limit);
        }
      },
    ),
    { numRuns: 200 },
  );
});
