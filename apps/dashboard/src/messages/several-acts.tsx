'use client';
import { useTranslations } from 'next-intl';
import { AskFirst } from '../components/ask-first';
import { Button } from '../components/button';
import type { ListedMessage } from '../data/queries';
import { useAct } from '../data/use-act';
import { actOnMessage } from './act-on-message';
import { each } from './act-on-several';
import { actOn } from './possible-acts';

interface Props {
  messages: readonly ListedMessage[];
  onDone: () => void;
}

/** What can be done with the chosen messages, with how many of them it concerns. */
export function SeveralActs({ messages, onDone }: Props) {
  const t = useTranslations('messages.chosen');
  return (
    <section
      aria-label={t('label')}
      className="sticky top-2 z-30 mb-3 flex flex-wrap items-center gap-2 rounded-lg border border-rope bg-sail px-4 py-2 shadow-lift"
    >
      <p className="mr-auto text-sm font-semibold" role="status">
        {t('count', { count: messages.length })}
      </p>
      {(['cancel', 'retry'] as const).map((act) => (
        <Act
          key={act}
          act={act}
          messages={messages.filter(({ status }) => actOn(status) === act)}
          onDone={onDone}
        />
      ))}
      <Button look="plain" onClick={onDone}>
        {t('clear')}
      </Button>
    </section>
  );
}

function Act({ act, messages, onDone }: Props & { act: 'cancel' | 'retry' }) {
  const t = useTranslations('messages.chosen');
  const unknown = messages.filter(({ status }) => status === 'unknown').length;
  const several = useAct({
    do: () => each(messages, (message) => actOnMessage(message, act)),
    changes: ['messages', 'message', 'review-items'],
    done: (result) => {
      onDone();
      return { text: t(`${act}Done`, { ...result }) };
    },
  });
  if (messages.length === 0) return null;
  const count = messages.length;
  return (
    <AskFirst
      act={t(act, { count })}
      means={t(act === 'retry' && unknown ? 'retryUnknownMeans' : `${act}Means`, { count, unknown })}
      now={t(`${act}Now`, { count })}
      onSure={() => several.mutateAsync()}
    />
  );
}
