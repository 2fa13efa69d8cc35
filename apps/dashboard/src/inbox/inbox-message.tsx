'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { DetailPane } from '../components/detail-pane';
import type { SandboxMessageDetail } from '../data/inbox';
import { sandboxMessageQuery } from '../data/inbox';
import { useMay } from '../shell/use-may';
import { linksIn } from './links';
import { Mail } from './mail';
import { receivedOf } from './payload';
import { Phone } from './phone';
import { RecipientActs } from './recipient-acts';
import { StandsAs } from './stands-as';
import { useRecipientAct } from './use-recipient-act';

/** One message as its recipient sees it, and what they can do with it. */
export function InboxMessage({ id, onBack }: { id: string; onBack: () => void }) {
  const t = useTranslations('inbox');
  return (
    <DetailPane
      query={useQuery(sandboxMessageQuery(id))}
      words={{ label: t('message'), back: t('back'), missing: t('missing'), missingHint: t('missingHint') }}
      onBack={onBack}
    >
      {(message) => <Arrived message={message} />}
    </DetailPane>
  );
}

function Arrived({ message }: { message: SandboxMessageDetail }) {
  const may = useMay()('editor');
  const [replies, setReplies] = useState<string[]>([]);
  const received = receivedOf(message);
  const act = useRecipientAct(message, (text) => setReplies((before) => [...before, text]));
  const follow = may ? (url: string) => act.mutate({ action: 'click', url }) : undefined;
  return (
    <>
      <StandsAs message={message} />
      {may && <RecipientActs message={message} links={linksIn(received)} act={act} />}
      {received.kind === 'mail' ? (
        <Mail mail={received} replies={replies} onFollow={follow} />
      ) : (
        <Phone message={message} received={received} replies={replies} onFollow={follow} />
      )}
    </>
  );
}
