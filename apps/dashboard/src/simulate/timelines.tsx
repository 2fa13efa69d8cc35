'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Panel } from '../components/panel';
import { Select } from '../components/select';
import type { SimulationResult } from '../data/simulation';
import { Timeline } from './timeline';

interface Props {
  timelines: SimulationResult['timelines'];
  nameOf: (step: string) => string;
}

/** What one contact lives through; with several, one is chosen. */
export function Timelines({ timelines, nameOf }: Props) {
  const t = useTranslations('simulate');
  const [chosen, setChosen] = useState('');
  const shown = timelines.find(({ contact_id }) => contact_id === chosen) ?? timelines[0];
  if (!shown) return null;
  return (
    <Panel title={t('timelines')} aside={t('timesIn', { zone: shown.time_zone })}>
      <div className="px-4 py-4 sm:px-5">
        {timelines.length > 1 && (
          <div className="mb-4">
            <Select
              label={t('contact')}
              value={shown.contact_id}
              options={timelines.map(({ contact_id, name }) => [
                contact_id,
                name ?? t('someone', { id: contact_id.slice(-6) }),
              ])}
              onChange={setChosen}
            />
          </div>
        )}
        <Timeline timeline={shown} nameOf={nameOf} />
      </div>
    </Panel>
  );
}
