'use client';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import { Button } from '../components/button';
import { Empty } from '../components/empty';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import { isRefused } from '../data/problem';
import type { ReviewItem } from '../data/review';
import { reviewItemQuery } from '../data/review';
import { Flag } from '../design/flag';
import { useReason } from '../messages/reason';
import { useMay } from '../shell/use-may';
import { AboutItem } from './about-item';
import { CameOfIt } from './came-of-it';
import { ItemActs } from './item-acts';
import { MendInput } from './mend-input';
import { signalOf } from './signal-of';

interface Props {
  id: string;
  onBack: () => void;
  /** It stays in view when it has left the list. */
  onActed: () => void;
}

/** One item: what happened, why, what can be done; and when that was done, what came of it. */
export function ReviewDetail({ id, onBack, onActed }: Props) {
  const t = useTranslations('review');
  const { data, error, refetch } = useQuery(reviewItemQuery(id));
  const missing = isRefused(error, 'not_found') || isRefused(error, 'invalid_request');
  return (
    <section aria-label={t('item')} className="overflow-hidden rounded-lg border border-rope bg-sail">
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
        <Item item={data} onActed={onActed} />
      ) : (
        <Skeleton lines={6} />
      )}
    </section>
  );
}

/** Only of what came from outside as it is, there is something to mend here. */
const isMendable = ({ kind, subject }: ReviewItem): boolean =>
  kind === 'quarantined_input' && ['outreach_item', 'event'].includes(subject.type);

function Item({ item, onActed }: { item: ReviewItem; onActed: () => void }) {
  const t = useTranslations('review');
  const may = useMay()('editor');
  const reasonOf = useReason();
  const open = item.status === 'open';
  return (
    <div className="grid gap-5 px-4 py-4 sm:px-5">
      <header className="grid gap-1">
        <h2 className="flex items-start gap-3 text-lg">
          <Flag signal={signalOf(item)} className="mt-0.5 size-5" />
          {t(`kinds.${item.kind}`)}
        </h2>
        <p className="text-sm text-ink-soft">
          <At instant={item.created_at} />
        </p>
      </header>
      <Part title={t('why')}>
        <p className="border-l-4 border-brass bg-brass-wash px-3 py-2 break-words text-brass-ink first-letter:uppercase">
          {reasonOf(item.reason)}
        </p>
        <AboutItem item={item} />
      </Part>
      {open ? (
        <Part title={t('can')}>
          <p>{t(item.subject.type === 'import' ? 'hints.import' : `hints.${item.kind}`)}</p>
          {may && isMendable(item) && <MendInput item={item} onActed={onActed} />}
          {may && <ItemActs item={item} replayable={item.subject.type !== 'import'} onActed={onActed} />}
        </Part>
      ) : (
        <Part title={t('cameOfIt')}>
          <CameOfIt item={item} />
        </Part>
      )}
    </div>
  );
}

const Part = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <div className="grid justify-items-start gap-2 text-sm">
    <h3 className="text-sm text-ink-soft">{title}</h3>
    {children}
  </div>
);
