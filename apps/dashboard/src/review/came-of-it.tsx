'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import { messageQuery } from '../data/queries';
import type { ReviewItem } from '../data/review';
import { outreachStateQuery } from '../data/review';
import { Link } from '../i18n/navigation';
import { StatusBadge } from '../messages/status-badge';

/** Who closed it, and how what it was about stands today. */
export function CameOfIt({ item }: { item: ReviewItem }) {
  const t = useTranslations('review');
  const { status, resolved_at, resolved_by, subject } = item;
  const taken = status === 'replayed' || resolved_by === 'outreach';
  const outreach = useQuery({
    ...outreachStateQuery(subject.id),
    enabled: subject.type === 'outreach_item' && taken,
    retry: false, // mended with an id of its own, it is not found by this one
  });
  const messageId = subject.type === 'message' ? subject.id : outreach.data?.message_id;
  return (
    <>
      <p>
        {t(
          resolved_by === 'outreach'
            ? 'sentAgain'
            : `closed.${status === 'replayed' ? 'replayed' : 'resolved'}`,
          {
            by: resolved_by ?? '',
          },
        )}{' '}
        {resolved_at && <At instant={resolved_at} className="text-ink-soft" />}
      </p>
      {messageId && <Now messageId={messageId} />}
      {outreach.data?.status === 'waiting' && <p>{t('waits')}</p>}
    </>
  );
}

function Now({ messageId }: { messageId: string }) {
  const t = useTranslations('review');
  const { data } = useQuery({ ...messageQuery(messageId), refetchInterval: isMoving });
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1">
      {data && <StatusBadge status={data.status} />}
      <Link className="text-sea underline underline-offset-3" href={`/message?id=${messageId}`}>
        {t('to.message')}
      </Link>
    </p>
  );
}

const every = 3_000;
const soon = 60_000;

/** What was tried again is at work for a moment. */
const isMoving = ({
  state: { data },
}: {
  state: { data?: { status: string; due_at: string } | undefined };
}) =>
  data?.status === 'sending' || (data?.status === 'scheduled' && Date.parse(data.due_at) < Date.now() + soon)
    ? every
    : (false as const);
