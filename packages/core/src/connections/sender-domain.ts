import type { SenderDomain, SenderDomainCheck } from '@halyard/contracts/connections/routes';

/** What mail servers will look up to judge our mail. */
export interface SenderIdentity {
  /** Of the From address: what people see, and what DMARC protects. */
  fromDomain: string;
  /** Of the envelope sender, which SPF is checked for. */
  returnPathDomain: string;
  /** Null when nothing is known of a signature. `publicKey`: base64 of what the record must hold, when we have the key. */
  dkim: { domain: string; selector: string; publicKey?: string } | null;
}

/** What the DNS says; `null` when it could not be asked. An empty list: there is no such record. */
export interface SenderRecords {
  spf: readonly string[] | null;
  dkim: readonly string[] | null;
  /** Of the nearest domain that has one (RFC 7489 and its successor walk up from the From domain). */
  dmarc: readonly string[] | null;
}

/** Whether large mailbox providers will take mail of this sender (Gmail and Microsoft ask for all three from 5,000 a day). */
export function judgeSender(identity: SenderIdentity, records: SenderRecords): SenderDomain {
  const checks = [
    judgeSpf(identity, records.spf),
    judgeDkim(identity, records.dkim),
    judgeDmarc(identity, records.dmarc),
  ];
  const ready = checks.every(({ verdict }) => verdict === 'good' || verdict === 'weak');
  return { domain: identity.fromDomain, ready, checks };
}

/** Relaxed alignment: the same domain, or one inside the other. */
export const aligned = (a: string, b: string): boolean =>
  a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`);

type Asked = Pick<SenderDomainCheck, 'name' | 'host' | 'expected' | 'found'>;
type Finding = SenderDomainCheck['finding'];

const good = (record: Asked): SenderDomainCheck => ({
  ...record,
  verdict: 'good',
  finding: 'good',
  what_to_do: null,
});
const say =
  (record: Asked) =>
  (verdict: 'weak' | 'bad' | 'unknown', finding: Finding, what_to_do: string): SenderDomainCheck => ({
    ...record,
    verdict,
    finding,
    what_to_do,
  });
const notAsked = (record: Asked): SenderDomainCheck =>
  say(record)(
    'unknown',
    'no_answer',
    'The DNS did not answer. Check the name servers of the domain, and try again.',
  );

/** RFC 7208 */
function judgeSpf(
  { fromDomain, returnPathDomain: host }: SenderIdentity,
  records: readonly string[] | null,
): SenderDomainCheck {
  const found = records?.filter((record) => /^v=spf1(\s|$)/i.test(record)) ?? [];
  const [record] = found;
  const expected = 'v=spf1 include:your-mail-server.example -all';
  const told = { name: 'spf', host, expected, found: record ?? null } as const;
  const verdict = say(told);
  if (!records) return notAsked(told);
  if (!record)
    return verdict(
      'bad',
      'missing',
      `Add a TXT record to ${host} that names your mail server, such as: ${expected}`,
    );
  if (found.length > 1)
    return verdict('bad', 'several', `${host} has several SPF records. Keep one: more are an error.`);
  if (/\s\+?all(\s|$)/i.test(record))
    return verdict('bad', 'allows_everyone', 'It allows everyone to send. End it with -all or ~all.');
  if (!aligned(fromDomain, host))
    return verdict(
      'weak',
      'not_aligned',
      `SPF does not help ${fromDomain}: set a return_path in that domain, or rely on DKIM.`,
    );
  if (!/\s[-~]all(\s|$)|\sredirect=/i.test(record))
    return verdict('weak', 'forbids_nobody', 'It forbids nobody. End it with -all or ~all.');
  return good(told);
}

/** RFC 6376 */
function judgeDkim(
  { fromDomain, dkim }: SenderIdentity,
  records: readonly string[] | null,
): SenderDomainCheck {
  if (!dkim)
    return say({ name: 'dkim', host: null, expected: null, found: null })(
      'weak',
      'not_signed',
      'This connection does not sign. Set dkim and dkim_private_key, unless your mail server signs by itself.',
    );
  const host = `${dkim.selector}._domainkey.${dkim.domain}`;
  const expected = dkim.publicKey ? `v=DKIM1; k=rsa; p=${dkim.publicKey}` : null;
  const record = records?.find((one) => /(^|;)\s*p=/i.test(one));
  const told = { name: 'dkim', host, expected, found: record ?? null } as const;
  const verdict = say(told);
  const key = record && /(?:^|;)\s*p=([^;]*)/i.exec(record)?.[1]?.replace(/\s/g, '');
  const wanted = expected ?? 'the record that your provider shows';
  if (!records) return notAsked(told);
  if (!record) return verdict('bad', 'missing', `Add a TXT record ${host}: ${wanted}`);
  if (!key)
    return verdict(
      'bad',
      'withdrawn',
      `The key of ${host} was withdrawn (p= is empty). Publish a new one: ${wanted}`,
    );
  if (dkim.publicKey && key !== dkim.publicKey)
    return verdict(
      'bad',
      'another_key',
      `${host} holds another key than the one we sign with. Publish: ${wanted}`,
    );
  if (!aligned(fromDomain, dkim.domain))
    return verdict(
      'bad',
      'not_aligned',
      `Mail from ${fromDomain} is signed for ${dkim.domain}. Sign for ${fromDomain}, or DMARC fails.`,
    );
  return good(told);
}

/** RFC 7489 */
function judgeDmarc({ fromDomain }: SenderIdentity, records: readonly string[] | null): SenderDomainCheck {
  const found = records?.filter((record) => /^v=DMARC1\s*(;|$)/i.test(record)) ?? [];
  const [record] = found;
  const host = `_dmarc.${fromDomain}`;
  const expected = `v=DMARC1; p=none; rua=mailto:postmaster@${fromDomain}`;
  const told = { name: 'dmarc', host, expected, found: record ?? null } as const;
  const verdict = say(told);
  if (!records) return notAsked(told);
  if (!record)
    return verdict(
      'bad',
      'missing',
      `Add a TXT record ${host}: ${expected}. When its reports show only your own mail, raise p.`,
    );
  if (found.length > 1)
    return verdict('bad', 'several', 'There are several DMARC records. Keep one: more count as none.');
  const policy = /;\s*p\s*=\s*(\w+)/i.exec(record)?.[1]?.toLowerCase();
  if (policy === 'quarantine' || policy === 'reject') return good(told);
  if (policy === 'none')
    return verdict(
      'weak',
      'only_watches',
      'It only watches. When its reports show only your own mail, raise it to p=quarantine.',
    );
  return verdict('bad', 'no_policy', 'It has no policy. Add p=none, p=quarantine or p=reject.');
}
