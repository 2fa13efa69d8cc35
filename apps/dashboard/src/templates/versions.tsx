'use client';
import type { UseMutationResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { At } from '../components/at';
import { Button } from '../components/button';
import { Panel } from '../components/panel';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import type { Template, TemplateVersion } from '../data/templates';
import { templateVersionsQuery } from '../data/templates';
import { useAct } from '../data/use-act';
import { useTimes } from '../i18n/times';
import { useAddress } from '../i18n/use-address';
import { useMay } from '../shell/use-may';
import { Difference } from './difference';

/** What a template said before, what changed, and the way back. */
export function Versions({ template }: { template: Template }) {
  const t = useTranslations('template.versions');
  const times = useTimes();
  const { values, set } = useAddress(['version']);
  const { data, error, refetch } = useQuery(templateVersionsQuery(template.id));
  if (error) return <Trouble error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton lines={6} />;
  const looked =
    data.items.find(({ number }) => String(number) === values.version) ??
    data.items.find(({ current }) => current);
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[20rem_minmax(0,1fr)]">
      <Panel title={t('title')} aside={times.zone}>
        <ol className="divide-y divide-rope">
          {data.items.map((version) => (
            <li key={version.number}>
              <button
                type="button"
                aria-current={version === looked ? 'true' : undefined}
                onClick={() => set({ version: String(version.number) })}
                className="grid w-full gap-0.5 px-4 py-3 text-left text-sm hover:bg-sea-wash aria-[current]:bg-sea-wash sm:px-5"
              >
                <span className="font-semibold">
                  {t('number', { n: version.number })}
                  {version.current && <span className="font-normal text-kelp-ink"> · {t('current')}</span>}
                </span>
                <span className="text-ink-soft">
                  <At instant={version.created_at} />
                  {version.created_by && ` · ${version.created_by}`}
                </span>
              </button>
            </li>
          ))}
        </ol>
      </Panel>
      {looked && <Looked template={template} version={looked} />}
    </div>
  );
}

/** One version beside the one before it, or beside the current one when it is older than that. */
function Looked({ template, version }: { template: Template; version: TemplateVersion }) {
  const t = useTranslations('template.versions');
  const may = useMay();
  const current = template.current_version;
  const to = version.current ? version.number : current;
  const from = version.current ? version.number - 1 : version.number;
  const go: UseMutationResult<unknown, Error, number> = useAct({
    do: (number: number) =>
      answerOf(
        halyard.POST('/templates/{id}/rollback', {
          params: { path: { id: template.id } },
          body: { version: number },
        }),
      ),
    changes: ['template', 'templates'],
    done: (_, number) => ({
      text: t('rolledBack', { n: number }),
      ...(number !== current && { undo: () => go.mutate(current) }),
    }),
  });
  return (
    <Panel
      title={from < 1 ? t('first') : t('difference', { from, to })}
      aside={
        !version.current &&
        may('editor') && (
          <Button look="outlined" disabled={go.isPending} onClick={() => go.mutate(version.number)}>
            {t('rollBack', { n: version.number })}
          </Button>
        )
      }
    >
      {from < 1 ? (
        <p className="px-5 py-4 text-sm text-ink-soft">{t('firstText')}</p>
      ) : (
        <Difference id={template.id} from={from} to={to} />
      )}
    </Panel>
  );
}
