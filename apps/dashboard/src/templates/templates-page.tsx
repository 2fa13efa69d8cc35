'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { At } from '../components/at';
import { Button, buttonStyle } from '../components/button';
import { DataTable } from '../components/data-table';
import { Empty } from '../components/empty';
import { Listing } from '../components/listing';
import { PageHead } from '../components/page-head';
import type { TemplateSummary } from '../data/templates';
import { templatePages } from '../data/templates';
import { Link } from '../i18n/navigation';
import { useTimes } from '../i18n/times';
import { useAddress } from '../i18n/use-address';
import { useMay } from '../shell/use-may';
import { languageName } from './language-name';
import { NewTemplate } from './new-template';
import { TemplateFilters } from './template-filters';

/** What messages say, on every channel. */
export function TemplatesPage() {
  const t = useTranslations('templates');
  const times = useTimes();
  const may = useMay();
  const { values: filter, narrowed, set, clear } = useAddress(['search', 'channel', 'archived']);
  const { values: at, set: go } = useAddress(['new']);
  const query = useInfiniteQuery(templatePages(filter));
  const create = (
    <Button onClick={() => go({ new: 'email' })}>
      <Plus aria-hidden="true" />
      {t('create')}
    </Button>
  );
  if (at.new && may('editor'))
    return <NewTemplate channel={at.new} onChannel={(channel) => go({ new: channel })} />;
  return (
    <>
      <PageHead title={t('title')} text={t('intro', { zone: times.zone })}>
        {may('editor') && create}
      </PageHead>
      <TemplateFilters filter={filter} onChange={set} onClear={narrowed ? clear : null} />
      <Listing
        query={query}
        none={
          <Empty title={t(narrowed ? 'noneSuch' : 'none')}>
            {narrowed ? (
              <Button look="outlined" onClick={clear}>
                {t('all')}
              </Button>
            ) : (
              <>
                <p className="mb-3">{t('noneHint')}</p>
                <Link href="/recipes" className={buttonStyle({ look: 'outlined' })}>
                  {t('recipes')}
                </Link>
              </>
            )}
          </Empty>
        }
      >
        {(templates) => <TemplateTable templates={templates} />}
      </Listing>
    </>
  );
}

function TemplateTable({ templates }: { templates: readonly TemplateSummary[] }) {
  const t = useTranslations();
  const reader = useLocale();
  return (
    <DataTable
      label={t('templates.title')}
      rows={templates}
      keyOf={({ id }) => id}
      href={({ id }) => `/template?id=${id}`}
      columns={[
        { id: 'name', title: t('templates.columns.name'), cell: ({ name }) => name },
        {
          id: 'key',
          title: t('templates.columns.key'),
          cell: ({ key }) => <code className="text-xs break-all text-ink-soft">{key}</code>,
        },
        {
          id: 'channel',
          title: t('templates.columns.channel'),
          cell: ({ channel }) => t(`channels.${channel}`),
        },
        {
          id: 'languages',
          title: t('templates.columns.languages'),
          cell: ({ locales }) => locales.map((one) => languageName(one, reader)).join(', '),
        },
        {
          id: 'changed',
          title: t('templates.columns.changed'),
          cell: ({ updated_at }) => <At instant={updated_at} className="sm:whitespace-nowrap" />,
          right: true,
        },
      ]}
    />
  );
}
