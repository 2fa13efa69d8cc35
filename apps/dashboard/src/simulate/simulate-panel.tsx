'use client';
import type { FlowDefinition } from '@halyard/contracts/flows/definition';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { Panel } from '../components/panel';
import { Trouble } from '../components/trouble';
import type { Flow } from '../data/flows';
import { Question } from './question';
import { Result } from './result';
import { useQuestion } from './use-question';
import { useSimulation } from './use-simulation';

export interface SimulatePanelProps {
  flow: Flow;
  /** The definition as it is edited now, saved or not. */
  draft: FlowDefinition;
}

/** Tries the definition on somebody invented or on what is on record, and shows what would be sent when. */
export function SimulatePanel({ flow, draft }: SimulatePanelProps) {
  const t = useTranslations('simulate');
  const question = useQuestion(flow, draft);
  const { state, run, stop } = useSimulation();
  const running = state.is === 'running';
  const progress = running ? state.progress : null;
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <Panel title={t('title')}>
        <form
          className="grid gap-5 px-4 py-4 sm:px-5"
          onSubmit={(event) => {
            event.preventDefault();
            if (question.request) void run(question.request);
          }}
        >
          <p className="text-sm text-ink-soft">{t('text')}</p>
          <Question question={question} definition={draft} />
          {question.problem && (
            <p role="status" className="text-sm font-medium text-flare-ink">
              {question.problem}
            </p>
          )}
          <div className="flex flex-wrap items-center gap-3">
            <Button type="submit" disabled={running || !question.request}>
              {t(state.is === 'done' ? 'again' : 'run')}
            </Button>
            {running && (
              <Button look="plain" onClick={stop}>
                {t('stop')}
              </Button>
            )}
          </div>
        </form>
      </Panel>
      <div className="grid gap-5" aria-live="polite">
        {running && (
          <div className="grid gap-2 rounded-lg border border-rope bg-sail px-5 py-4 text-sm">
            <p>{progress ? t('progress', { events: progress.events, of: progress.of }) : t('running')}</p>
            <progress
              className="h-2 w-full accent-sea"
              aria-label={t('running')}
              max={progress?.of}
              value={progress?.events}
            />
          </div>
        )}
        {state.is === 'refused' && <Trouble error={state.error} />}
        {state.is === 'done' && <Result result={state.result} definition={draft} />}
      </div>
    </div>
  );
}
