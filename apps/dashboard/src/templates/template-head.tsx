'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../components/button';
import { CompactInput } from '../components/compact-controls';
import { PageHead } from '../components/page-head';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import type { Template } from '../data/templates';
import { useAct } from '../data/use-act';
import { useMay } from '../shell/use-may';
import { useArchive } from './use-archive';

/** What a template is called; flows and messages know it by its key, which stays. */
export function TemplateHead({ template, children }: { template: Template; children: React.ReactNode }) {
  const t = useTranslations();
  const may = useMay();
  const archive = useArchive();
  const isArchived = template.archived_at !== null;
  return (
    <PageHead
      back={{ href: '/templates', text: t('template.back') }}
      title={template.name}
      text={
        <span className="flex flex-wrap items-center gap-x-3 text-sm">
          <span>{t(`channels.${template.channel}`)}</span>
          <code>{template.key}</code>
          {isArchived && <span className="text-brass-ink">{t('template.archived')}</span>}
          {may('editor') && <Rename key={template.name} template={template} />}
        </span>
      }
    >
      {children}
      {may('editor') && (
        <Button
          look="outlined"
          disabled={archive.isPending}
          onClick={() => archive.mutate({ template, archived: !isArchived })}
        >
          {t(isArchived ? 'templates.restore' : 'templates.archive')}
        </Button>
      )}
    </PageHead>
  );
}

function Rename({ template }: { template: Template }) {
  const t = useTranslations('template');
  const [name, setName] = useState<string | null>(null);
  const rename = useAct({
    do: (given: string) =>
      answerOf(
        halyard.PATCH('/templates/{id}', { params: { path: { id: template.id } }, body: { name: given } }),
      ),
    changes: ['template', 'templates'],
    done: () => ({ text: t('renamed') }),
  });
  if (name === null)
    return (
      <Button
        look="link"
        size="inline"
        className="min-h-11 sm:min-h-6"
        onClick={() => setName(template.name)}
      >
        {t('rename')}
      </Button>
    );
  return (
    <form
      className="flex flex-wrap gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) rename.mutate(name.trim());
      }}
    >
      <CompactInput
        label={t('name')}
        value={name}
        maxLength={200}
        onChange={({ target }) => setName(target.value)}
      />
      <Button type="submit" look="outlined" disabled={!name.trim() || rename.isPending}>
        {t('renameNow')}
      </Button>
    </form>
  );
}
