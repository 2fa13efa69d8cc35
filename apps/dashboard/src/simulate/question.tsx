'use client';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { useTranslations } from 'next-intl';
import { CheckField, Field } from '../components/field';
import { beginningOf } from './story';
import { StoryFields } from './story-fields';
import type { QuestionState } from './use-question';

/** What is to happen, and what is assumed about what nobody can know. */
export function Question({ question, definition }: { question: QuestionState; definition: FlowDefinition }) {
  const t = useTranslations('simulate');
  const { kind, setKind, period, setPeriod, options, setOptions, isLive, zone } = question;
  return (
    <>
      <fieldset className="grid gap-1">
        <legend className="mb-1 text-sm font-semibold">{t('what')}</legend>
        {(['story', 'record'] as const).map((one) => (
          <label key={one} className="flex min-h-11 items-center gap-3 text-sm sm:min-h-8">
            <input
              type="radio"
              name="kind"
              className="size-5 accent-sea"
              checked={kind === one}
              onChange={() => setKind(one)}
            />
            {t(one)}
          </label>
        ))}
      </fieldset>
      {kind === 'story' ? (
        <>
          {beginningOf(definition) === null && <p className="text-sm text-ink-soft">{t('startedByHand')}</p>}
          <StoryFields story={question.story} onChange={question.setStory} />
        </>
      ) : (
        <div className="grid grid-cols-2 gap-3">
          {(['from', 'until'] as const).map((end) => (
            <Field
              key={end}
              type="date"
              label={t(end)}
              hint={end === 'from' ? t('zoneHint', { zone }) : ''}
              value={period[end]}
              onChange={({ target }) => setPeriod({ [end]: target.value })}
            />
          ))}
        </div>
      )}
      <fieldset>
        <legend className="mb-2 text-sm font-semibold">{t('options')}</legend>
        <div className="grid grid-cols-2 gap-3">
          {(['opened', 'clicked'] as const).map((rate) => (
            <Field
              key={rate}
              type="number"
              min={0}
              max={100}
              label={t(rate)}
              value={options[rate]}
              onChange={({ target }) => setOptions({ [rate]: target.value })}
            />
          ))}
        </div>
        <CheckField
          label={t('otherFlows')}
          hint={t('otherFlowsHint')}
          checked={options.otherFlows}
          onChange={({ target }) => setOptions({ otherFlows: target.checked })}
        />
        {isLive && (
          <CheckField
            label={t('compare')}
            hint={t('compareHint')}
            checked={options.compare}
            onChange={({ target }) => setOptions({ compare: target.checked })}
          />
        )}
      </fieldset>
    </>
  );
}
