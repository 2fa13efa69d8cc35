'use client';
import { Redo2, Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { SignButton } from '../components/compact-controls';
import { PageHead } from '../components/page-head';
import type { Flow } from '../data/flows';
import { FlowMenu } from './flow-menu';
import { FlowStatusBadge } from './flow-status-badge';
import type { Draft } from './use-draft';

interface Props {
  flow: Flow;
  /** The version that is live; null where none was published. */
  published: number | null;
  draft: Draft;
  editable: boolean;
  /** Null while it is being published. */
  onPublish: (() => void) | null;
}

/** What the flow is called, how it stands, and whether what was edited is safe. */
export function FlowHead({ flow, published, draft, editable, onPublish }: Props) {
  const t = useTranslations('flow');
  const edited = flow.has_draft || draft.state !== 'saved';
  return (
    <PageHead
      back={{ href: '/flows', text: t('back') }}
      title={draft.definition.name || t('unnamed')}
      text={
        <div className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
          <FlowStatusBadge status={flow.status} />
          {published !== null && <span>{t('version', { number: published })}</span>}
          {published !== null && edited && <span>{t('changed')}</span>}
          {editable && draft.state !== 'conflict' && draft.state !== 'refused' && (
            <output>{t(`saving.${draft.state}`)}</output>
          )}
        </div>
      }
    >
      {editable && (
        <>
          <SignButton label={t('undo')} disabled={!draft.canUndo} onClick={draft.undo}>
            <Undo2 aria-hidden="true" />
          </SignButton>
          <SignButton label={t('redo')} disabled={!draft.canRedo} onClick={draft.redo}>
            <Redo2 aria-hidden="true" />
          </SignButton>
          <FlowMenu flow={flow} published={published} />
          {edited && onPublish && <Button onClick={onPublish}>{t('publish.open')}</Button>}
        </>
      )}
    </PageHead>
  );
}
