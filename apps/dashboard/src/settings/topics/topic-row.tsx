'use client';
import { useTranslations } from 'next-intl';
import { AskFirst } from '../../components/ask-first';
import { Button } from '../../components/button';
import { halyard } from '../../data/halyard';
import { answerOf } from '../../data/problem';
import type { Topic } from '../../data/settings';
import { useAct } from '../../data/use-act';
import { useMay } from '../../shell/use-may';

export function TopicRow({
  topic: { key, name, description },
  onEdit,
}: {
  topic: Topic;
  onEdit: () => void;
}) {
  const t = useTranslations();
  const words = useTranslations('settings.topics');
  const may = useMay();
  const remove = useAct({
    do: () => answerOf(halyard.DELETE('/topics/{key}', { params: { path: { key } } })),
    changes: ['topics'],
    done: () => ({ text: words('removed') }),
  });
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3 px-4 py-4 sm:px-5">
      <div className="min-w-0 flex-1 basis-72">
        <code className="text-xs text-ink-soft">{key}</code>
        <dl className="mt-1 grid gap-1 text-sm">
          {Object.entries(name).map(([language, text]) => (
            <div key={language} className="grid grid-cols-[2.5rem_minmax(0,1fr)]">
              <dt className="text-ink-soft">{language}</dt>
              <dd>
                <span className="font-semibold">{text}</span>
                {description[language] && (
                  <span className="block text-ink-soft">{description[language]}</span>
                )}
              </dd>
            </div>
          ))}
        </dl>
      </div>
      {may('editor') && (
        <div className="flex flex-wrap gap-2">
          <Button look="outlined" onClick={onEdit}>
            {t('acts.edit')}
          </Button>
          <AskFirst
            act={t('acts.delete')}
            means={words('removeMeans', { key })}
            now={words('removeNow')}
            onSure={() => remove.mutateAsync()}
          />
        </div>
      )}
    </li>
  );
}
