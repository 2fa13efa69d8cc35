import type { ProviderName } from '@halyard/contracts/connections/provider-settings';
import type { Connection } from '../../data/queries';
import type { ProviderField } from './provider-fields';
import { providerFields } from './provider-fields';

/** What stands in the form, by path; texts as they were typed. */
export type Values = Readonly<Record<string, string>>;

type Json = string | number | boolean | null | { [name: string]: Json };

/** What the form of a connection begins with; secrets are never shown again. */
export function valuesOf(provider: ProviderName, connection?: Connection): Values {
  const values: Record<string, string> = {
    name: connection?.name ?? '',
    rate_per_second: connection?.rate_per_second?.toString() ?? '',
    'price.amount': connection?.price?.amount.toString() ?? '',
    'price.currency': connection?.price?.currency ?? '',
    'price.per': connection?.price?.per ?? 'message',
  };
  for (const { path, kind, standard } of providerFields[provider])
    values[path] =
      (connection && path.startsWith('settings.') ? textAt(connection, path) : '') ||
      (kind === 'choice' ? (standard ?? '') : '');
  return values;
}

function textAt(connection: Connection, path: string): string {
  const value = path
    .split('.')
    .reduce<unknown>((at, name) => (at as Record<string, unknown>)?.[name], connection);
  return value === undefined || value === null || value === false ? '' : String(value);
}

/** What makes a new connection of the form. */
export function inputOf(provider: ProviderName, values: Values) {
  const { settings = {}, secrets = {} } = nested(values, providerFields[provider], false);
  return { provider, ...commonOf(values), settings, secrets };
}

/** What the form changes about a connection. A setting that was emptied goes back to its standard value. */
export function patchOf(
  { provider }: Connection,
  before: Values,
  values: Values,
  removed: ReadonlySet<string>,
) {
  const changed = providerFields[provider].filter(
    ({ path }) => values[path] !== before[path] || removed.has(path),
  );
  const names = new Set(changed.map(({ path }) => topOf(path)));
  const touched = providerFields[provider].filter(({ path }) => names.has(topOf(path)));
  const { settings, secrets } = nested(values, touched, true);
  return { ...commonOf(values), ...(settings && { settings }), ...(secrets && { secrets }) };
}

/** The setting or secret that a path is in: `settings.dkim.domain` is in `settings.dkim`. */
const topOf = (path: string): string => path.split('.').slice(0, 2).join('.');

function commonOf(values: Values) {
  const { 'price.amount': amount, 'price.currency': currency = '', 'price.per': per } = values;
  return {
    name: values.name ?? '',
    rate_per_second: values.rate_per_second ? Number(values.rate_per_second) : null,
    price: amount ? { amount: Number(amount), currency, per: per as 'message' | 'segment' } : null,
  };
}

interface Parts {
  settings?: Record<string, Json>;
  secrets?: Record<string, Json>;
}

/** Values by path as objects. `emptied`: whether what has no value is null, or left out. */
function nested(values: Values, fields: readonly ProviderField[], emptied: boolean): Parts {
  const parts: Parts = {};
  for (const { path, kind } of fields) {
    const [part, name = '', inner] = path.split('.') as ['settings' | 'secrets', string, string?];
    const typed = values[path]?.trim() ?? '';
    const value = kind === 'number' ? Number(typed) : kind === 'check' ? typed === 'true' : typed;
    const whole = parts[part] ?? {};
    parts[part] = whole;
    if (typed === '') {
      if (emptied) whole[name] ??= null;
    } else if (inner) whole[name] = { ...(whole[name] as Record<string, Json> | null), [inner]: value };
    else whole[name] = value;
  }
  return parts;
}
