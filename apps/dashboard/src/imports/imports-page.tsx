'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Empty } from '../components/empty';
import { Listing } from '../components/listing';
import { PageHead } from '../components/page-head';
import { importsQuery } from '../data/imports';
import { useTimes } from '../i18n/times';
import { useMay } from '../shell/use-may';
import { FileDrop } from './file-drop';
import { ImportTable } from './import-table';
import type { OpenFile } from './open-file';

const NewImport = dynamic(() => import('./new-import').then((file) => file.NewImport), { ssr: false });

/** Brings contacts along from a file, and shows what became of earlier ones. */
export function ImportsPage() {
  const t = useTranslations('imports');
  const times = useTimes();
  const may = useMay();
  const [opened, setOpened] = useState<OpenFile | null>(null);
  const query = useInfiniteQuery(importsQuery);
  return (
    <>
      <PageHead
        title={t('title')}
        text={t('text', { zone: times.zone })}
        back={{ href: '/contacts', text: t('back') }}
      />
      {opened ? (
        <NewImport key={opened.file.name} opened={opened} onClose={() => setOpened(null)} />
      ) : (
        <>
          {may('editor') && <FileDrop onOpen={setOpened} />}
          <Listing query={query} none={<Empty title={t('none')}>{t('noneHint')}</Empty>}>
            {(imports) => <ImportTable imports={imports} />}
          </Listing>
        </>
      )}
    </>
  );
}
