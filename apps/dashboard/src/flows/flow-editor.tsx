'use client';
import { useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { LeaveQuestion } from '../components/leave-question';
import { Skeleton } from '../components/skeleton';
import { Tabs } from '../components/tabs';
import type { EditedFlow } from '../data/flows';
import { checkQuery, standingQuery } from '../data/flows';
import { useAddress } from '../i18n/use-address';
import { useMay } from '../shell/use-may';
import { placed } from './findings';
import { FlowHead } from './flow-head';
import { PublishPanel } from './publish-panel';
import { SaveTrouble } from './save-trouble';
import { SequenceForm } from './sequence-form';
import { useDraft } from './use-draft';

const loading = () => <Skeleton lines={8} />;
const FlowCanvas = dynamic(() => import('../canvas/flow-canvas').then((m) => m.FlowCanvas), {
  ssr: false,
  loading,
});
const SimulatePanel = dynamic(() => import('../simulate/simulate-panel').then((m) => m.SimulatePanel), {
  ssr: false,
  loading,
});
const VersionsTab = dynamic(() => import('./versions-tab').then((m) => m.VersionsTab), {
  ssr: false,
  loading,
});
const RunsTab = dynamic(() => import('./runs-tab').then((m) => m.RunsTab), { ssr: false, loading });

const names = ['form', 'canvas', 'simulate', 'versions', 'runs'] as const;
type Name = (typeof names)[number];

/** The flow in the hands of a person: one definition, looked at from several sides. */
export function FlowEditor({ edited }: { edited: EditedFlow }) {
  const t = useTranslations('flow');
  const { flow, published } = edited;
  const may = useMay();
  const editable = may('editor');
  const draft = useDraft(edited, editable);
  const { definition } = draft;
  const [publishing, setPublishing] = useState(false);
  const checked = useQuery({
    ...checkQuery(flow, definition),
    enabled: publishing && draft.state === 'saved',
  });
  const {
    values: { tab, step },
    set,
  } = useAddress(['tab', 'step']);
  const shown: Name = names.find((name) => name === tab) ?? 'form';
  const standing = useQuery({ ...standingQuery(flow.id), enabled: shown === 'canvas' });
  const findings = placed(checked.data?.issues ?? []);
  return (
    <>
      <FlowHead
        flow={flow}
        published={published?.number ?? null}
        draft={draft}
        editable={editable}
        onPublish={publishing ? null : () => setPublishing(true)}
      />
      <SaveTrouble draft={draft} />
      <LeaveQuestion
        unsaved={draft.state === 'refused' || draft.state === 'conflict'}
        means={t('saving.leaving')}
      />
      {publishing && (
        <PublishPanel
          flow={flow}
          published={published?.number ?? null}
          draft={draft}
          check={checked}
          findings={findings}
          onGo={(stepId) => set({ tab: '', step: stepId })}
          onClose={() => setPublishing(false)}
        />
      )}
      <Tabs
        label={t('sides')}
        value={shown}
        tabs={names.map((name) => [name, t(`tabs.${name}`)] as const)}
        onChoose={(name) => set({ tab: name === 'form' ? '' : name })}
      />
      {shown === 'form' && (
        <SequenceForm
          draft={draft}
          editable={editable}
          findings={findings}
          open={step}
          onOpen={(stepId) => set({ step: stepId })}
        />
      )}
      {shown === 'canvas' && (
        <FlowCanvas
          definition={definition}
          onChange={draft.change}
          onUndo={draft.undo}
          readOnly={!editable}
          counts={standing.data ?? null}
        />
      )}
      {shown === 'simulate' && <SimulatePanel flow={flow} draft={definition} />}
      {shown === 'versions' && <VersionsTab flow={flow} definition={definition} editable={editable} />}
      {shown === 'runs' && <RunsTab flow={flow} definition={definition} editable={editable} />}
    </>
  );
}
