'use client';
import type { UseMutationResult } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import type { TemplateSummary } from '../data/templates';
import { useAct } from '../data/use-act';

interface Archiving {
  template: Pick<TemplateSummary, 'id' | 'name'>;
  archived: boolean;
}

/** Puts a template away, or takes it back: it can be undone at once. */
export function useArchive(): UseMutationResult<unknown, Error, Archiving> {
  const t = useTranslations('templates');
  const archive: UseMutationResult<unknown, Error, Archiving> = useAct({
    do: ({ template, archived }: Archiving) => {
      const params = { path: { id: template.id } };
      return answerOf(
        archived
          ? halyard.POST('/templates/{id}/archive', { params })
          : halyard.POST('/templates/{id}/restore', { params }),
      );
    },
    changes: ['template', 'templates'],
    done: (_, { template, archived }) => ({
      text: t(archived ? 'wasArchived' : 'wasRestored', { name: template.name }),
      undo: (): void => archive.mutate({ template, archived: !archived }),
    }),
  });
  return archive;
}
