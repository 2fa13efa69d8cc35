'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import { DetailPane, Part } from '../components/detail-pane';
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
  return (
    <DetailPane
      query={useQuery(reviewItemQuery(id))}
      words={{ label: t('item'), back: t('back'), missing: t('missing'), missingHint: t('missingHint') }}
      onBack={onBack}
    >
      {(item) => <Item item={item} onActed={onActed} />}
    </DetailPane>
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
