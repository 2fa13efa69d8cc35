'use client';
import { channels } from '@halyard/contracts/channels';
import { useLocale, useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button, buttonStyle } from '../components/button';
import { ChoiceField, Field } from '../components/field';
import { PageHead } from '../components/page-head';
import { Trouble } from '../components/trouble';
import { halyard } from '../data/halyard';
import { answerOf } from '../data/problem';
import type { Channel } from '../data/templates';
import { useAct } from '../data/use-act';
import { Link, useRouter } from '../i18n/navigation';
import { asGiven } from './content';
import type { Start } from './starting-points';
import { mailStarts, startingContent } from './starting-points';
import { starts } from './starting-texts';
import { freeKey, keyOf } from './template-key';

interface Props {
  /** From the address, so it may be anything. */
  channel: string;
  onChannel: (channel: string) => void;
}

/** A channel, something to begin with, and a name: the rest is written where it can be seen. */
export function NewTemplate({ channel: asked, onChannel }: Props) {
  const t = useTranslations();
  const language = useLocale();
  const router = useRouter();
  const channel: Channel = channels.find((one) => one === asked) ?? 'email';
  const [start, setStart] = useState<Start>('blank');
  const [name, setName] = useState('');
  const [missing, setMissing] = useState(false);
  const create = useAct({
    do: async (given: string) => {
      const content = asGiven(startingContent(channel, start, language));
      const key = freeKey(keyOf(given), await takenKeys(keyOf(given)));
      return answerOf(
        halyard.POST('/templates', {
          body: { key, name: given, channel, content, product_id: null } as never,
        }),
      );
    },
    changes: ['templates'],
    tellsErrors: true,
    done: ({ id }) => {
      router.push(`/template?id=${id}`);
      return { text: t('templates.created') };
    },
  });
  return (
    <>
      <PageHead title={t('templates.new')} back={{ href: '/templates', text: t('templates.title') }} />
      <form
        noValidate
        className="grid max-w-xl gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          setMissing(!name.trim());
          if (name.trim()) create.mutate(name.trim());
        }}
      >
        {create.error && <Trouble error={create.error} />}
        <ChoiceField
          label={t('templates.columns.channel')}
          value={channel}
          options={channels.map((one) => [one, t(`channels.${one}`)])}
          onChange={({ target }) => onChannel(target.value)}
        />
        <Starts starts={channel === 'email' ? mailStarts : starts} start={start} onChoose={setStart} />
        <Field
          label={t('templates.name')}
          hint={t('templates.nameHint', { key: keyOf(name || t('templates.example')) })}
          error={missing ? t('templates.nameMissing') : undefined}
          placeholder={t('templates.example')}
          maxLength={200}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <div className="flex gap-2">
          <Button type="submit" disabled={create.isPending}>
            {t('templates.createNow')}
          </Button>
          <Link href="/templates" className={buttonStyle({ look: 'plain' })}>
            {t('acts.cancel')}
          </Link>
        </div>
      </form>
    </>
  );
}

interface StartsProps {
  starts: readonly Start[];
  start: Start;
  onChoose: (start: Start) => void;
}

function Starts({ starts, start, onChoose }: StartsProps) {
  const t = useTranslations('templates.starts');
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-sm font-semibold">{t('title')}</legend>
      {starts.map((one) => (
        <label
          key={one}
          className="flex cursor-pointer items-start gap-3 rounded-md border border-rope bg-sail px-4 py-3 text-sm hover:bg-sea-wash has-checked:border-sea has-checked:bg-sea-wash"
        >
          <input
            type="radio"
            name="start"
            className="mt-0.5 size-5 shrink-0 accent-sea"
            checked={start === one}
            onChange={() => onChoose(one)}
          />
          <span>
            <span className="block font-semibold">{t(`${one}.name`)}</span>
            <span className="text-ink-soft">{t(`${one}.text`)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

/** Those that begin so, archived ones as well: writing one of them again would change what is there. */
async function takenKeys(search: string): Promise<ReadonlySet<string>> {
  const lists = await Promise.all(
    ['false', 'true'].map((archived) =>
      answerOf(halyard.GET('/templates', { params: { query: { search, limit: 200, archived } } })),
    ),
  );
  return new Set(lists.flatMap(({ items }) => items.map(({ key }) => key)));
}
