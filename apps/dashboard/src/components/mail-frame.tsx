'use client';
import { useEffect, useRef, useState } from 'react';
import { classNames } from './class-names';
import { inScheme } from './mail-scheme';

interface Props {
  /** The whole mail, as it was sent. */
  html: string;
  /** What it is, for screen readers. */
  title: string;
  /** In which scheme of colours its reader looks at it. */
  scheme?: 'light' | 'dark';
  className?: string;
  /** Links lead nowhere by themselves: the page decides what following one means. */
  onFollow?: (url: string) => void;
}

/** Mail as its recipient sees it, as high as it is. Nothing in it runs: neither the frame nor its policy allows a script. */
export function MailFrame({ html, title, scheme = 'light', className, onFollow }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  const follow = useRef(onFollow);
  const [loaded, setLoaded] = useState(false);
  const [height, setHeight] = useState(240);
  useEffect(() => {
    follow.current = onFollow;
  }, [onFollow]);
  useEffect(() => {
    const inside = frame.current?.contentDocument;
    if (!loaded || !inside) return;
    inside.documentElement.innerHTML = inScheme(html, scheme);
    inside.documentElement.style.colorScheme = scheme; // whatever the theme of the page around it
    const onClick = (event: MouseEvent) => {
      event.preventDefault();
      const url = linkAt(event.target);
      if (url) follow.current?.(url);
    };
    const measure = () => setHeight(Math.ceil(inside.documentElement.getBoundingClientRect().height));
    const observer = new ResizeObserver(measure);
    observer.observe(inside.documentElement);
    inside.addEventListener('click', onClick);
    measure();
    return () => {
      observer.disconnect();
      inside.removeEventListener('click', onClick);
    };
  }, [html, loaded, scheme]);
  return (
    <iframe
      ref={frame}
      src="/mail-frame"
      title={title}
      sandbox="allow-same-origin"
      onLoad={() => setLoaded(true)}
      className={classNames(
        'block w-full bg-[Canvas]',
        scheme === 'light' ? 'scheme-light' : 'scheme-dark',
        className,
      )}
      style={{ height }}
    />
  );
}

/** Where the link leads to that was pressed; the frame's nodes are of another window, so `instanceof` does not know them. */
function linkAt(target: EventTarget | null): string | null {
  const link = (target as Element | null)?.closest?.('a[href]');
  return link?.getAttribute('href') ?? null;
}
