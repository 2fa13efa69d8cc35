'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../components/button';
import { ChoiceField, Field } from '../components/field';
import { Panel } from '../components/panel';
import { Trouble } from '../components/trouble';
import type { Campaign, CampaignSchedule } from '../data/campaigns';
import { halyard } from '../data/halyard';
import { answerOf, issuesOf } from '../data/problem';
import { useAct } from '../data/use-act';
import { useTimes } from '../i18n/times';
import type { ScheduleDraft } from './schedule';
import { draftOf, scheduleOf } from './schedule';
import { Weekdays } from './weekdays';

/** When a campaign starts by itself: once, or again and again. */
export function SchedulePanel({ campaign: { id, schedule } }: { campaign: Campaign }) {
  const t = useTranslations('campaign');
  const { zone } = useTimes();
  const [changed, setChanged] = useState<ScheduleDraft | null>(null);
  const draft = changed ?? draftOf(schedule, zone);
  const [past, setPast] = useState(false);
  const save = useAct({
    do: (body: CampaignSchedule) =>
      answerOf(halyard.POST('/campaigns/{id}/schedule', { params: { path: { id } }, body })),
    changes: ['campaign', 'campaigns'],
    done: () => ({ text: t('did.schedule') }),
    tellsErrors: true,
  });
  const set = (part: Partial<ScheduleDraft>) => {
    setPast(false);
    setChanged({ ...draft, ...part });
  };
  const found = issuesOf(save.error);
  return (
    <Panel title={t('schedule.title')} aside={zone}>
      <form
        className="grid gap-4 px-4 py-4 sm:px-5"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const body = scheduleOf(draft, zone, Date.now());
          setPast(body === null);
          if (body) save.mutate(body);
        }}
      >
        {save.error && <Trouble error={save.error} />}
        <ChoiceField
          label={t('schedule.how')}
          value={draft.type}
          options={[
            ['once', t('schedule.once')],
            ['recurring', t('schedule.recurring')],
          ]}
          onChange={({ target }) => set({ type: target.value === 'recurring' ? 'recurring' : 'once' })}
        />
        {draft.type === 'once' ? (
          <Field
            label={t('schedule.at')}
            type="datetime-local"
            hint={t('schedule.zone', { zone })}
            value={draft.at}
            error={past ? t('schedule.past') : found.at}
            onChange={({ target }) => set({ at: target.value })}
          />
        ) : (
          <>
            <Field
              label={t('schedule.time')}
              type="time"
              hint={t('schedule.zone', { zone })}
              value={draft.time}
              error={past ? t('schedule.past') : found.time}
              onChange={({ target }) => set({ time: target.value })}
            />
            <Weekdays value={draft.weekdays} onChange={(weekdays) => set({ weekdays })} />
            <Field
              label={t('schedule.until')}
              type="date"
              hint={t('schedule.untilHint')}
              value={draft.until}
              error={found.until}
              onChange={({ target }) => set({ until: target.value })}
            />
          </>
        )}
        <Button type="submit" look="outlined" className="justify-self-start" disabled={save.isPending}>
          {t(schedule ? 'schedule.change' : 'schedule.save')}
        </Button>
      </form>
    </Panel>
  );
}
