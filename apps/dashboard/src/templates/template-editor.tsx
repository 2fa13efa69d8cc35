'use client';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { LeaveQuestion } from '../components/leave-question';
import { Tabs } from '../components/tabs';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import type { Template } from '../data/templates';
import { useAct } from '../data/use-act';
import { useAddress } from '../i18n/use-address';
import { useMay } from '../shell/use-may';
import { asGiven } from './content';
import { TemplateHead } from './template-head';
import { useDraft } from './use-draft';
import { Versions } from './versions';
import { WritingDesk } from './writing-desk';

/** What is written stays while one looks at the versions; it is kept when it is saved, and asked about when one leaves. */
export function TemplateEditor({ template }: { template: Template }) {
  const t = useTranslations('template');
  const may = useMay();
  const draft = useDraft(template);
  const { values, set } = useAddress(['tab', 'version']);
  const tab = values.tab === 'versions' ? 'versions' : 'content';
  const save = useAct({
    do: () =>
      answerOf(
        halyard.PATCH('/templates/{id}', {
          params: { path: { id: template.id } },
          // The contract knows it by the template's channel, which the types of the client do not.
          body: { content: asGiven(draft.content) as unknown as Record<string, never> },
        }),
      ),
    changes: ['template', 'templates'],
    done: ({ current_version }) => ({ text: t('saved', { n: current_version }) }),
  });
  return (
    <>
      <LeaveQuestion unsaved={draft.dirty} means={t('leaving')} />
      <TemplateHead template={template}>
        {draft.dirty && <span className="text-sm text-ink-soft">{t('unsaved')}</span>}
        {may('editor') && (
          <Button disabled={!draft.dirty || save.isPending} onClick={() => save.mutate()}>
            {t('save')}
          </Button>
        )}
      </TemplateHead>
      <Tabs
        label={t('parts')}
        value={tab}
        tabs={[
          ['content', t('tabs.content')],
          ['versions', t('tabs.versions', { n: template.current_version })],
        ]}
        onChoose={(next) => set({ tab: next === 'content' ? '' : next, version: '' })}
      />
      {draft.overtaken && (
        <p className="mb-5 flex flex-wrap items-center justify-between gap-2 border-l-4 border-brass bg-brass-wash px-4 py-2 text-sm text-brass-ink">
          {t('overtaken', { n: template.current_version })}
          <Button look="outlined" onClick={draft.drop}>
            {t('drop')}
          </Button>
        </p>
      )}
      {tab === 'versions' ? (
        <Versions template={template} />
      ) : (
        <WritingDesk
          template={template}
          draft={draft}
          editable={may('editor')}
          save={draft.dirty ? () => save.mutateAsync() : null}
        />
      )}
    </>
  );
}
