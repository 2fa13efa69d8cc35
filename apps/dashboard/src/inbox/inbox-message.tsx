'use client';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../components/button';
import { Empty } from '../components/empty';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import type { SandboxMessageDetail } from '../data/inbox';
import { sandboxMessageQuery } from '../data/inbox';
import { isRefused } from '../data/problem';
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
  const { data, error, refetch } = useQuery(sandboxMessageQuery(id));
  const missing = isRefused(error, 'not_found') || isRefused(error, 'invalid_request');
  return (
    <section aria-label={t('message')} className="overflow-hidden rounded-lg border border-rope bg-sail">
      <div className="px-2 pt-2 lg:hidden">
        <Button look="plain" onClick={onBack}>
          <ArrowLeft aria-hidden="true" />
          {t('back')}
        </Button>
      </div>
      {missing ? (
        <Empty title={t('missing')}>{t('missingHint')}</Empty>
      ) : error ? (
        <Trouble error={error} again={() => void refetch()} />
      ) : data ? (
        <Arrived message={data} />
      ) : (
        <Skeleton lines={8} />
      )}
    </section>
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
