'use client';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../components/button';
import { Field } from '../components/field';
import { Panel } from '../components/panel';
import { Trouble } from '../components/trouble';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import { meQuery, messageQuery } from '../data/queries';
import type { Channel, Sample } from '../data/templates';
import { Link } from '../i18n/navigation';
import { StatusBadge } from '../messages/status-badge';

interface Props {
  id: string;
  channel: Channel;
  locale: string;
  shownAs: 'marketing' | 'transactional';
  sample: Sample;
  /** What is written is saved first: a test sends what would be sent. Null when it is saved. */
  save: (() => Promise<unknown>) | null;
}

/** Sends the template to one address, past consent and quiet hours, and tells what became of it. */
export function TestSend({ id, channel, locale, shownAs, sample, save }: Props) {
  const t = useTranslations('template.test');
  const { data: me } = useQuery(meQuery);
  const own = channel === 'email' ? (me?.email ?? '') : '';
  const [typed, setTyped] = useState<string | null>(null);
  const to = (typed ?? own).trim();
  const send = useMutation({
    mutationFn: async () => {
      await save?.();
      const body = { to, locale, class: shownAs, variables: {}, ...sample };
      return answerOf(halyard.POST('/templates/{id}/test', { params: { path: { id } }, body }));
    },
  });
  return (
    <Panel title={t('title')}>
      <form
        className="grid gap-3 px-4 py-4 sm:px-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (to) send.mutate();
        }}
      >
        <Field
          label={t(channel === 'email' ? 'email' : 'address')}
          type={channel === 'email' ? 'email' : 'text'}
          hint={t('hint')}
          value={typed ?? own}
          onChange={({ target }) => setTyped(target.value)}
        />
        {send.error && <Trouble error={send.error} />}
        {send.data && <Sent messageId={send.data.message_id} to={to} />}
        <div>
          <Button type="submit" look="outlined" disabled={!to || send.isPending}>
            {t(save ? 'saveAndSend' : 'send')}
          </Button>
        </div>
      </form>
    </Panel>
  );
}

const moving = new Set(['scheduled', 'sending', 'sent']);

function Sent({ messageId, to }: { messageId: string; to: string }) {
  const t = useTranslations('template.test');
  const { data } = useQuery({
    ...messageQuery(messageId),
    refetchInterval: ({ state }) => (!state.data || moving.has(state.data.status) ? 1_500 : false),
  });
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm" role="status">
      {data && <StatusBadge status={data.status} />}
      <span>{t('sent', { to })}</span>
      <Link
        className="inline-flex min-h-6 items-center text-sea underline underline-offset-3"
        href={`/message?id=${messageId}`}
      >
        {t('see')}
      </Link>
    </p>
  );
}
