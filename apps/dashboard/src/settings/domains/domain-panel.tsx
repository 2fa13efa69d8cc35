'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { Button } from '../../components/button';
import { Panel } from '../../components/panel';
import type { Connection } from '../../data/queries';
import { domainQuery } from '../../data/settings';
import { Flag } from '../../design/flag';
import { Asked } from '../asked';
import { RecordCheck } from './record-check';

/** The domain of one connection; it is looked up when the page is opened, and on request. */
export function DomainPanel({ connection }: { connection: Connection }) {
  const t = useTranslations('settings.domains');
  const query = useQuery(domainQuery(connection.id));
  return (
    <Panel
      title={query.data?.domain ?? connection.name}
      aside={
        <span className="flex flex-wrap items-center gap-3">
          {t('by', { name: connection.name })}
          <Button look="outlined" disabled={query.isFetching} onClick={() => void query.refetch()}>
            {t(query.isFetching ? 'checking' : 'checkAgain')}
          </Button>
        </span>
      }
    >
      <Asked query={query}>
        {({ ready, checks, domain }) => (
          <>
            <p className="flex items-center gap-3 px-4 pt-4 text-sm font-semibold sm:px-5">
              <Flag signal={ready ? 'good' : 'bad'} className="size-5" />
              {t(ready ? 'ready' : 'notReady')}
            </p>
            <ul className="divide-y divide-rope">
              {checks.map((check) => (
                <RecordCheck key={check.name} check={check} domain={domain} />
              ))}
            </ul>
          </>
        )}
      </Asked>
    </Panel>
  );
}
