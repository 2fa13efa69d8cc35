'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { halyard } from '../../data/halyard';
import { answerOf, issuesOf } from '../../data/problem';
import type { Policy } from '../../data/settings';
import { policyQuery } from '../../data/settings';
import { useAct } from '../../data/use-act';
import { useMay } from '../../shell/use-may';
import { FormPanel } from '../form-panel';
import { CapLines } from './cap-lines';
import { FurtherRules } from './further-rules';
import type { PolicyDraft } from './policy-draft';
import { draftOf, policyOf } from './policy-draft';
import { WindowLines } from './window-lines';

/** When and how often contacts are written to. All rules are saved together, and can be taken back together. */
export function PolicyForm({ policy }: { policy: Policy }) {
  const t = useTranslations('settings.sending');
  const acts = useTranslations('acts');
  const [draft, setDraft] = useState(() => draftOf(policy));
  const save = useAct({
    do: (body: Policy) => answerOf(halyard.PUT('/organization/policy', { body })),
    changes: [...policyQuery.queryKey],
    done: () => ({ text: t('saved'), undo: () => void save.mutate(policy) }),
    tellsErrors: true,
  });
  const change = (changes: Partial<PolicyDraft>) => setDraft({ ...draft, ...changes });
  const wrong = Object.keys(issuesOf(save.error));
  return (
    <FormPanel
      title={t('rules')}
      act={acts('save')}
      busy={save.isPending}
      error={save.error}
      readOnly={!useMay()('admin')}
      onSubmit={() => save.mutate(policyOf(draft))}
    >
      <WindowLines
        kind="quiet_hours"
        lines={draft.quiet}
        wrong={wrong}
        onChange={(quiet) => change({ quiet })}
      />
      <WindowLines
        kind="send_windows"
        lines={draft.windows}
        wrong={wrong}
        onChange={(windows) => change({ windows })}
      />
      <CapLines lines={draft.caps} wrong={wrong} onChange={(caps) => change({ caps })} />
      <FurtherRules rest={draft.rest} onChange={(rest) => change({ rest })} />
    </FormPanel>
  );
}
