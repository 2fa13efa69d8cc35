'use client';
import { Download, GitMerge } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, buttonStyle } from '../components/button';
import { Panel } from '../components/panel';
import type { Contact } from '../data/contacts';
import { useMay } from '../shell/use-may';
import { Erase } from './erase';

const MergeForm = dynamic(() => import('./merge-form').then((file) => file.MergeForm), { ssr: false });

/** What can be done with the whole contact. */
export function ContactActs({ contact }: { contact: Contact }) {
  const t = useTranslations('contact');
  const may = useMay();
  const [merging, setMerging] = useState(false);
  if (!may('editor')) return null;
  return (
    <Panel title={t('wholeContact')}>
      <div className="grid gap-4 p-4 sm:p-5">
        {merging ? (
          <MergeForm contact={contact} onDone={() => setMerging(false)} />
        ) : (
          <div className="flex flex-wrap gap-2">
            <Button look="outlined" onClick={() => setMerging(true)}>
              <GitMerge aria-hidden="true" />
              {t('merge')}
            </Button>
            <a
              className={buttonStyle({ look: 'outlined' })}
              href={`/api/contacts/${contact.id}/export`}
              download={`contact-${contact.id}.json`}
            >
              <Download aria-hidden="true" />
              {t('exportOne')}
            </a>
          </div>
        )}
        {may('admin') && <Erase contact={contact} />}
      </div>
    </Panel>
  );
}
