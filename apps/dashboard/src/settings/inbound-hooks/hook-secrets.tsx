'use client';
import type { Schema } from '@halyard/client/client';
import { useTranslations } from 'next-intl';
import { CopiedText } from '../../components/copied-text';
import { ShownOnce } from '../shown-once';

interface Props {
  hook: Schema<'InboundHookWithSecrets'>;
  onClose: () => void;
}

/** What the other system needs, shown once: where to post, and what to sign or to present. */
export function HookSecrets({ hook: { url, secrets }, onClose }: Props) {
  const t = useTranslations('settings.inboundHooks');
  const needed = [
    [t('address'), url],
    [t('signingSecret'), secrets.signing_secret],
    [t('bearerToken'), secrets.bearer_token],
  ].filter((one): one is [string, string] => one[1] !== undefined);
  const [label, text] = needed.pop() ?? ['', ''];
  return (
    <ShownOnce title={t('secretTitle')} label={label} text={text} onClose={onClose}>
      {t(needed.length ? 'secretText' : 'addressText')}
      {needed.map(([name, value]) => (
        <CopiedText key={name} label={name} text={value} />
      ))}
    </ShownOnce>
  );
}
