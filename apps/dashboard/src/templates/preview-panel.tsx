'use client';
import { Monitor, Moon, Smartphone } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { classNames } from '../components/class-names';
import { MailFrame } from '../components/mail-frame';
import { Skeleton } from '../components/skeleton';
import { Trouble } from '../components/trouble';
import type { Preview } from '../data/templates';
import { Bubble } from './bubble';
import { FindingList } from './finding-list';
import { SmsMeter } from './sms-meter';
import type { LivePreview } from './use-preview';

interface Props {
  preview: LivePreview;
  /** Who is shown, and what else can be chosen. */
  children: React.ReactNode;
}

/** What the recipient gets, beside what is written. */
export function PreviewPanel({ preview: { shown, stale, error, findings }, children }: Props) {
  const t = useTranslations('template.preview');
  const [phone, setPhone] = useState(false);
  const [dark, setDark] = useState(false);
  const general = findings.filter(({ locale }) => locale === null);
  const isMail = shown?.channel === 'email';
  return (
    <section
      id="preview"
      aria-label={t('title')}
      className="scroll-mt-16 rounded-lg border border-rope bg-sail"
    >
      <header className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-rope px-4 py-2">
        <h2 className="text-base">{t('title')}</h2>
        <div className="flex flex-wrap items-center gap-1">
          {isMail && (
            <>
              <Toggle on={!phone} sign={<Monitor />} text={t('desktop')} onPress={() => setPhone(false)} />
              <Toggle on={phone} sign={<Smartphone />} text={t('phone')} onPress={() => setPhone(true)} />
              <Toggle on={dark} sign={<Moon />} text={t('dark')} onPress={() => setDark(!dark)} />
            </>
          )}
          {children}
        </div>
      </header>
      {error && <Trouble error={error} />}
      {stale && !error && <p className="bg-brass-wash px-4 py-2 text-sm text-brass-ink">{t('stale')}</p>}
      {shown ? <Shown shown={shown} phone={phone} dark={dark} /> : !error && !stale && <Skeleton lines={8} />}
      {general.length > 0 && (
        <div className="border-t border-rope p-4">
          <FindingList findings={general} />
        </div>
      )}
    </section>
  );
}

interface ToggleProps {
  on: boolean;
  sign: React.ReactNode;
  text: string;
  onPress: () => void;
}

const Toggle = ({ on, sign, text, onPress }: ToggleProps) => (
  <button
    type="button"
    aria-pressed={on}
    aria-label={text}
    title={text}
    onClick={onPress}
    className="inline-flex size-11 items-center justify-center rounded-md text-ink-soft hover:bg-sunk aria-pressed:bg-sea-wash aria-pressed:text-sea sm:size-9 [&_svg]:size-4"
  >
    {sign}
  </button>
);

function Shown({ shown, phone, dark }: { shown: Preview; phone: boolean; dark: boolean }) {
  const t = useTranslations('template.preview');
  if (shown.error !== null)
    return <p className="p-4 text-sm text-flare-ink">{t('notRendered', { reason: shown.error })}</p>;
  return (
    <>
      {shown.instead_of !== null && (
        <p className="bg-brass-wash px-4 py-2 text-sm text-brass-ink">
          {t('fallback', { reason: shown.instead_of })}
        </p>
      )}
      {shown.channel === 'email' ? (
        <Mail shown={shown} phone={phone} dark={dark} />
      ) : (
        <div className="grid gap-4 p-4">
          <Bubble shown={shown} />
          {shown.sms && <SmsMeter sms={shown.sms} />}
        </div>
      )}
    </>
  );
}

function Mail({ shown, phone, dark }: { shown: Preview; phone: boolean; dark: boolean }) {
  const t = useTranslations('template.preview');
  return (
    <>
      <p className="border-b border-rope px-4 py-3">
        <span className="block text-xs text-ink-soft">{t('subject')}</span>
        <strong className="break-words">{shown.subject}</strong>
      </p>
      <div className={classNames(phone && 'bg-sunk p-4')}>
        <div
          data-view={phone ? 'phone' : 'desktop'}
          className={classNames(
            'overflow-x-auto',
            phone && 'mx-auto max-w-[375px] rounded-lg border border-rope-strong',
          )}
        >
          <MailFrame html={shown.html ?? ''} title={t('mail')} scheme={dark ? 'dark' : 'light'} />
        </div>
      </div>
    </>
  );
}
