'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '../components/button';
import { TextField } from '../components/field';

interface Props {
  busy: boolean;
  /** What was typed stays when this fails. */
  onSend: (text: string) => Promise<unknown>;
}

export function ReplyForm({ busy, onSend }: Props) {
  const t = useTranslations('inbox');
  const [text, setText] = useState('');
  return (
    <form
      className="mt-3 grid max-w-xl gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) void onSend(text.trim()).catch(() => {}); // the act tells of its error
      }}
    >
      <TextField
        label={t('replyText')}
        hint={t('replyHint')}
        rows={3}
        maxLength={10_000}
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" className="justify-self-start" disabled={busy || !text.trim()}>
        {t('replyNow')}
      </Button>
    </form>
  );
}
