interface Click {
  target: unknown;
  button: number;
  metaKey: boolean;
  ctrlKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

interface Link {
  href: string;
  target: string;
}

/**
 * Where a click leads to within the dashboard; null where it stays on the page (its tabs stand in the address), opens
 * another tab, or loads another page, before which the browser asks by itself.
 */
export function leadsAway(click: Click, here: Pick<URL, 'href'>): string | null {
  if (click.button !== 0 || click.metaKey || click.ctrlKey || click.shiftKey || click.altKey) return null;
  const link = linkOf(click.target);
  if (!link || (link.target && link.target !== '_self')) return null;
  const [from, to] = [new URL(here.href), new URL(link.href)];
  const language = (url: URL) => url.pathname.split('/')[1];
  if (to.origin !== from.origin || language(to) !== language(from)) return null;
  const same = to.pathname === from.pathname && to.searchParams.get('id') === from.searchParams.get('id');
  return same ? null : to.pathname + to.search + to.hash;
}

const linkOf = (target: unknown): Link | null =>
  target instanceof Object && 'closest' in target && typeof target.closest === 'function'
    ? target.closest('a[href]')
    : null;
