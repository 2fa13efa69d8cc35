'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { AskFirst } from '../../components/ask-first';
import { At } from '../../components/at';
import { Button } from '../../components/button';
import { Field } from '../../components/field';
import { Panel } from '../../components/panel';
import { halyard } from '../../data/halyard';
import { answerOf } from '../../data/problem';
import { tenantsQuery } from '../../data/settings';
import { useAct } from '../../data/use-act';
import { Asked } from '../asked';

/** Which tenants of a service that pushes outreach belong to this organization. */
export function Tenants() {
  const t = useTranslations('settings.apiKeys.tenants');
  const query = useQuery(tenantsQuery);
  const [id, setId] = useState('');
  const at = (id: string) => ({ params: { path: { id } } });
  const map = useAct({
    do: (id: string) => answerOf(halyard.PUT('/outreach/tenants/{id}', at(id))),
    changes: ['outreach-tenants'],
    done: () => {
      setId('');
      return { text: t('mapped') };
    },
    tellsErrors: true,
  });
  const unmap = useAct({
    do: (id: string) => answerOf(halyard.DELETE('/outreach/tenants/{id}', at(id))),
    changes: ['outreach-tenants'],
    done: (_, id) => ({ text: t('unmapped'), undo: () => map.mutate(id) }),
  });
  return (
    <Panel title={t('title')}>
      <div className="grid grid-cols-1 gap-4 px-4 py-4 sm:px-5">
        <p className="text-sm text-ink-soft">{t('text')}</p>
        <Asked query={query} lines={1}>
          {({ items }) => (
            <ul hidden={items.length === 0} className="grid gap-2 [&[hidden]]:hidden">
              {items.map(({ tenant_id, created_at }) => (
                <li key={tenant_id} className="flex flex-wrap items-center justify-between gap-3 text-sm">
                  <span className="min-w-0">
                    <code className="break-all">{tenant_id}</code>{' '}
                    <span className="text-ink-soft">
                      {t('since')} <At instant={created_at} />
                    </span>
                  </span>
                  <AskFirst
                    act={t('unmap')}
                    means={t('unmapMeans')}
                    now={t('unmapNow')}
                    onSure={() => unmap.mutateAsync(tenant_id)}
                  />
                </li>
              ))}
            </ul>
          )}
        </Asked>
        <form
          className="flex flex-wrap items-end gap-3"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            map.mutate(id.trim());
          }}
        >
          <Field
            className="min-w-0 flex-1 basis-72"
            label={t('id')}
            value={id}
            placeholder="0199f3a2-6c1e-7b64-9d0a-3c5f2b1e8a70"
            error={map.error ? t('wrong') : undefined}
            onChange={(event) => setId(event.target.value)}
          />
          <Button type="submit" look="outlined" className="mb-0.5" disabled={map.isPending || !id.trim()}>
            {t('map')}
          </Button>
        </form>
      </div>
    </Panel>
  );
}
