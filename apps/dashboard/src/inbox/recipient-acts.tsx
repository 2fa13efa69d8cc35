'use client';
import { ChevronDown } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { AskFirst } from '../components/ask-first';
import { Button, buttonStyle } from '../components/button';
import { Menu, MenuItem } from '../components/menu';
import type { SandboxMessage } from '../data/inbox';
import type { FoundLink } from './links';
import { ReplyForm } from './reply-form';
import type { RecipientAct } from './use-recipient-act';

interface Props {
  message: SandboxMessage;
  links: readonly FoundLink[];
  act: RecipientAct;
}

/** What its recipient can do with a message. What stops further messages is asked about first. */
export function RecipientActs({ message: { recipient, channel }, links, act }: Props) {
  const t = useTranslations('inbox');
  const [replying, setReplying] = useState(false);
  const does = (action: 'open' | 'bounce' | 'complain' | 'unsubscribe') => act.mutateAsync({ action });
  const byMail = channel === 'email';
  const [only] = links;
  return (
    <fieldset className="min-w-0 border-b border-rope px-4 pt-2 pb-3 sm:px-5">
      <legend className="sr-only">{t('as', { recipient })}</legend>
      <p aria-hidden="true" className="mb-2 text-xs font-semibold text-ink-soft">
        {t('as', { recipient })}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        {channel !== 'sms' && (
          <Button look="outlined" disabled={act.isPending} onClick={() => act.mutate({ action: 'open' })}>
            {t(byMail ? 'open' : 'read')}
          </Button>
        )}
        {links.length > 1 ? (
          <Menu
            place="left-0 top-full mt-1"
            triggerClass={buttonStyle({ look: 'outlined' })}
            trigger={
              <>
                {t('click')}
                <ChevronDown aria-hidden="true" />
              </>
            }
          >
            {links.map((link, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the same link may stand in a mail twice.
              <MenuItem key={n} onClick={() => act.mutate({ action: 'click', url: link.url })}>
                <span className="truncate">{link.text}</span>
              </MenuItem>
            ))}
          </Menu>
        ) : (
          only && (
            <Button look="outlined" onClick={() => act.mutate({ action: 'click', url: only.url })}>
              {t('click')}
            </Button>
          )
        )}
        <Button look="outlined" aria-expanded={replying} onClick={() => setReplying(!replying)}>
          {t('reply')}
        </Button>
      </div>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        {(['unsubscribe', 'complain', 'bounce'] as const).map((action) =>
          action === 'complain' && !byMail ? null : (
            <AskFirst
              key={action}
              act={t(action)}
              means={t(`${action}Means`, { recipient })}
              now={t(`${action}Now`)}
              onSure={() => does(action)}
            />
          ),
        )}
      </div>
      {replying && (
        <ReplyForm
          busy={act.isPending}
          onSend={(text) => act.mutateAsync({ action: 'reply', text }).then(() => setReplying(false))}
        />
      )}
    </fieldset>
  );
}
