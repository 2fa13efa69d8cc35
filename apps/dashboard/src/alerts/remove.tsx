'use client';
import { useTranslations } from 'next-intl';
import { AskFirst } from '../components/ask-first';
import { useAct } from '../data/use-act';

interface Props {
  what: 'rule' | 'route';
  name: string;
  remove: () => Promise<unknown>;
  changes: readonly string[];
  onRemoved: () => void;
}

/** The end of a rule or of a route, asked about first. */
export function Remove({ what, name, remove, changes, onRemoved }: Props) {
  const t = useTranslations(`alerts.${what}`);
  const act = useAct({
    do: remove,
    changes,
    done: () => {
      onRemoved();
      return { text: t('removed', { name }) };
    },
  });
  return (
    <div>
      <AskFirst
        act={t('remove')}
        means={t('removeMeans', { name })}
        now={t('removeNow')}
        onSure={() => act.mutateAsync()}
      />
    </div>
  );
}
