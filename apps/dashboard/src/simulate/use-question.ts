'use client';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import type { Flow } from '../data/flows';
import type { SimulationRequest } from '../data/simulation';
import { useTimes } from '../i18n/times';
import { instantOf } from '../i18n/zoned';
import type { Story } from './story';
import { eventsOf, firstStory } from './story';

export interface Period {
  from: string;
  until: string;
}

export interface Options {
  opened: string;
  clicked: string;
  otherFlows: boolean;
  compare: boolean;
}

const day = 86_400_000;
const shownContacts = 50;

/** What a person asks of the simulation, and the request that it makes. */
export function useQuestion(flow: Flow, draft: FlowDefinition) {
  const t = useTranslations('simulate');
  const locale = useLocale();
  const { zone } = useTimes();
  const [kind, setKind] = useState<'story' | 'record'>('story');
  const [told, setStory] = useState<Story | null>(null);
  const [now] = useState(Date.now);
  const story = told ?? firstStory(draft, zone, locale, now);
  const [period, setPeriod] = useState<Period | null>(null);
  const days = period ?? { from: dayIn(zone, now - 90 * day), until: dayIn(zone, now) };
  const isLive = flow.live.length > 0;
  const [options, setOptions] = useState<Options>({
    opened: '40',
    clicked: '10',
    otherFlows: false,
    compare: true,
  });

  const happens = kind === 'story' ? eventsOf(story) : periodOf(days, zone);
  const rates = {
    delivered: 1,
    opened: Number(options.opened) / 100,
    clicked: Number(options.clicked) / 100,
  };
  const tooMany = rates.clicked > rates.opened;
  const request: SimulationRequest | null =
    happens && !tooMany
      ? ({
          ...happens,
          flow: { definition: draft, flow_id: flow.id },
          ...(isLive && options.compare && { compare_with: { flow_id: flow.id, version: 'live' } }),
          with_live_flows: options.otherFlows,
          rates,
          render: kind === 'story',
          timelines: shownContacts,
        } as SimulationRequest)
      : null;
  const problem = tooMany ? t('clickedTooHigh') : happens ? null : t('missingTime');
  return {
    kind,
    setKind,
    story,
    setStory: (change: Partial<Story>) => setStory({ ...story, ...change }),
    period: days,
    setPeriod: (change: Partial<Period>) => setPeriod({ ...days, ...change }),
    options,
    setOptions: (change: Partial<Options>) => setOptions({ ...options, ...change }),
    isLive,
    zone,
    request,
    problem,
  };
}
export type QuestionState = ReturnType<typeof useQuestion>;

const dayIn = (zone: string, at: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(new Date(at));

/** From the beginning of the first day to the end of the last. */
function periodOf({ from, until }: Period, zone: string): { period: { from: string; until: string } } | null {
  const [begin, end] = [instantOf(`${from}T00:00`, zone), instantOf(`${until}T23:59`, zone)];
  return begin && end && begin < end ? { period: { from: begin, until: end } } : null;
}
