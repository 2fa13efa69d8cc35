'use client';
import { useTranslations } from 'next-intl';
import { createContext, use, useCallback, useMemo, useRef, useState } from 'react';
import { Flag } from '../design/flag';
import { Button } from './button';
import { Trouble } from './trouble';

interface Telling {
  text?: string;
  error?: unknown;
  undo?: (() => void) | undefined;
}

type Tell = (telling: Telling) => void;
const Context = createContext<Tell>(() => {});

/** Says what an act did: `tell({ text, undo })`, or what stood in its way: `tell({ error })`. */
export const useTell = (): Tell => use(Context);

const shownFor = 8_000;

/** Where acts say what they did, for eyes and for screen readers. An error stays until it is dismissed. */
export function Told({ children }: { children: React.ReactNode }) {
  const t = useTranslations();
  const [telling, setTelling] = useState<Telling | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const tell = useCallback<Tell>((next) => {
    clearTimeout(timer.current);
    setTelling(next);
    if (next.error === undefined) timer.current = setTimeout(() => setTelling(null), shownFor);
  }, []);
  const close = () => setTelling(null);
  const undo = telling?.undo;
  return (
    <Context value={useMemo(() => tell, [tell])}>
      {children}
      <section
        aria-label={t('shell.told')}
        aria-live="polite"
        className="fixed right-4 bottom-4 left-4 z-40 sm:left-auto sm:w-96"
      >
        {telling && (
          <div className="overflow-hidden rounded-lg border border-rope bg-sail shadow-lift">
            {telling.error !== undefined ? (
              <Trouble error={telling.error} />
            ) : (
              <p className="flex items-center gap-3 px-4 pt-3 text-sm font-semibold">
                <Flag signal="good" className="size-4.5" />
                {telling.text}
              </p>
            )}
            <div className="flex justify-end gap-1 p-1.5">
              {undo && (
                <Button
                  look="plain"
                  onClick={() => {
                    close();
                    undo();
                  }}
                >
                  {t('acts.undo')}
                </Button>
              )}
              <Button look="plain" onClick={close}>
                {t('acts.dismiss')}
              </Button>
            </div>
          </div>
        )}
      </section>
    </Context>
  );
}
