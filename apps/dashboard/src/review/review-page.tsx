'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from '../components/button';
import { Empty } from '../components/empty';
import { ListAndDetail } from '../components/list-and-detail';
import { Listing } from '../components/listing';
import { PageHead } from '../components/page-head';
import { Select } from '../components/select';
import { Tabs } from '../components/tabs';
import type { ReviewItem, ReviewKind } from '../data/review';
import { reviewCountsQuery, reviewItemsQuery, reviewKinds } from '../data/review';
import { useTimes } from '../i18n/times';
import { useAddress } from '../i18n/use-address';
import { useMay } from '../shell/use-may';
import { ReplayAll } from './replay-all';
import { ReviewDetail } from './review-detail';
import { ReviewList } from './review-list';

const statuses = ['open', 'replayed', 'resolved'] as const;

/** What Halyard could not finish by itself: what happened, why, and what a person can do. */
export function ReviewPage() {
  const t = useTranslations();
  const times = useTimes();
  const may = useMay();
  const { values, set } = useAddress(['kind', 'status', 'id']);
  const status = statuses.find((one) => one === values.status) ?? 'open';
  const query = useInfiniteQuery(reviewItemsQuery(values.kind, status));
  const { data: counts } = useQuery(reviewCountsQuery);
  const countOf = (kind: ReviewKind) => counts?.open.find((one) => one.kind === kind)?.n ?? 0;
  const total = counts?.open.reduce((sum, { n }) => sum + n, 0);
  const openKinds = counts?.open.map(({ kind }) => kind) ?? [];
  const kind =
    reviewKinds.find((one) => one === values.kind) ?? (openKinds.length === 1 ? openKinds[0] : null);
  const shown = values.id || query.data?.pages[0]?.items[0]?.id;
  return (
    <>
      <PageHead title={t('review.title')} text={t('review.text', { zone: times.zone })}>
        {status === 'open' && kind && countOf(kind) > 1 && may('editor') && (
          <ReplayAll kind={kind} count={countOf(kind)} />
        )}
      </PageHead>
      <Tabs
        label={t('review.statusLabel')}
        value={status}
        tabs={statuses.map((one) => [one, titleOf(one, total)])}
        onChoose={(one) => set({ status: one === 'open' ? '' : one, id: '' })}
      />
      <ListAndDetail
        chosen={values.id !== ''}
        list={
          <>
            <search className="mb-3 grid">
              <Select
                label={t('review.kind')}
                value={values.kind}
                options={[['', t('list.all')], ...reviewKinds.map((one) => [one, kindTitle(one)] as const)]}
                onChange={(one) => set({ kind: one, id: '' })}
              />
            </search>
            <Listing
              query={query}
              none={<None status={status} onClear={values.kind ? () => set({ kind: '' }) : null} />}
            >
              {(items) => <ReviewList items={items} shown={shown} onChoose={(id) => set({ id })} />}
            </Listing>
          </>
        }
        detail={
          shown && (
            <ReviewDetail
              key={shown}
              id={shown}
              onBack={() => set({ id: '' })}
              onActed={() => set({ id: shown })}
            />
          )
        }
      />
    </>
  );

  function titleOf(one: ReviewItem['status'], open: number | undefined): string {
    return one === 'open' && open ? t('review.openCount', { count: open }) : t(`review.status.${one}`);
  }

  function kindTitle(one: ReviewKind): string {
    const title = t(`review.kinds.${one}`);
    return status === 'open' && countOf(one) ? `${title} (${countOf(one)})` : title;
  }
}

function None({ status, onClear }: { status: ReviewItem['status']; onClear: (() => void) | null }) {
  const t = useTranslations();
  return (
    <Empty signal={status === 'open' ? 'good' : 'lowered'} title={t(`review.none.${status}`)}>
      {onClear ? (
        <Button look="outlined" onClick={onClear}>
          {t('list.clear')}
        </Button>
      ) : (
        status === 'open' && t('review.noneHint')
      )}
    </Empty>
  );
}
