import { routes } from '@halyard/contracts/routes';

const addresses = routes.map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}/?$`),
}));

/** Which methods there are for an address, GET first. Empty: there is nothing at this address. */
export function allowedMethods(url: string): string[] {
  const [path = ''] = url.split('?');
  return [
    ...new Set(addresses.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method)),
  ].sort();
}
