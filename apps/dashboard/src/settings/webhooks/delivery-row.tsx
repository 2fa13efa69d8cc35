'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { At } from '../../components/at';
import { Button } from '../../components/button';
import { halyard } from '../../data/halyard';
import { answerOf } from '../../data/problem';
import type { Delivery } from '../../data/settings';
import { deliveryQuery } from '../../data/settings';
import { useAct } from '../../data/use-act';
import type { Signal } from '../../design/flag';
import { Flag } from '../../design/flag';
import { useMay } from '../../shell/use-may';
import { Asked } from '../asked';

const signals: Record<Delivery['status'], Signal> = {
  pending: 'waiting',
  delivered: 'good',
  failed: 'bad',
  cancelled: 'lowered',
};

/** How often it was tried, what came back, when it is tried next; its body on request. */
export function DeliveryRow({ delivery }: { delivery: Delivery }) {
  const { id, type, status, tries, due_at, last_status, last_error, created_at } = delivery;
  const t = useTranslations('settings.webhooks');
  const may = useMay();
  const [open, setOpen] = useState(false);
  const replay = useAct({
    do: () => answerOf(halyard.POST('/deliveries/{id}/replay', { params: { path: { id } } })),
    changes: ['deliveries'],
    done: () => ({ text: t('replayed') }),
  });
  return (
    <li className="grid gap-2 px-4 py-3 text-sm sm:px-5">
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <p className="flex flex-wrap items-center gap-x-2">
            <Flag signal={signals[status]} />
            <span className="font-semibold">{t(`statuses.${status}`)}</span>
            <code>{type}</code>
          </p>
          <p className="text-ink-soft">
            <At instant={created_at} /> · {t('tries', { count: tries })}
            {last_status !== null && ` · HTTP ${last_status}`}
            {status === 'pending' && due_at && (
              <>
                {' · '}
                {t('next')} <At instant={due_at} as="relative" />
              </>
            )}
          </p>
          {last_error && status !== 'delivered' && <p className="break-words text-flare-ink">{last_error}</p>}
        </div>
        <div className="flex gap-2">
          <Button look="plain" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t(open ? 'hideBody' : 'showBody')}
          </Button>
          {may('admin') && (
            <Button look="outlined" disabled={replay.isPending} onClick={() => replay.mutate()}>
              {t('replay')}
            </Button>
          )}
        </div>
      </div>
      {open && <Body id={id} />}
    </li>
  );
}

function Body({ id }: { id: string }) {
  const query = useQuery(deliveryQuery(id));
  return (
    <Asked query={query}>
      {({ body, webhook_id }) => (
        <pre className="overflow-x-auto rounded-md bg-sunk px-3 py-2 text-xs whitespace-pre-wrap break-all">
          {`webhook-id: ${webhook_id}\n\n${JSON.stringify(body, null, 2)}`}
        </pre>
      )}
    </Asked>
  );
}
