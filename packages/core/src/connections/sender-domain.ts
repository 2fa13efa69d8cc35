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

type Name = SenderDomainCheck['name'];
const good = (name: Name, found: string): SenderDomainCheck => ({
  name,
  verdict: 'good',
  found,
  what_to_do: null,
});
const say =
  (name: Name, found: string | null) =>
  (verdict: 'weak' | 'bad' | 'unknown', what_to_do: string): SenderDomainCheck => ({
    name,
    verdict,
    found,
    what_to_do,
  });
const notAsked = (name: Name): SenderDomainCheck =>
  say(name, null)('unknown', 'The DNS did not answer. Check the name servers of the domain, and try again.');

/** RFC 7208 */
function judgeSpf(
  { fromDomain, returnPathDomain }: SenderIdentity,
  records: readonly string[] | null,
): SenderDomainCheck {
  if (!records) return notAsked('spf');
  const found = records.filter((record) => /^v=spf1(\s|$)/i.test(record));
  const [record] = found;
  const verdict = say('spf', record ?? null);
  if (!record)
    return verdict(
      'bad',
      `Add a TXT record to ${returnPathDomain} that names your mail server, such as: v=spf1 include:your-mail-server.example -all`,
    );
  if (found.length > 1)
    return verdict('bad', `${returnPathDomain} has several SPF records. Keep one: more are an error.`);
  if (/\s\+?all(\s|$)/i.test(record))
    return verdict('bad', 'It allows everyone to send. End it with -all or ~all.');
  if (!aligned(fromDomain, returnPathDomain))
    return verdict(
      'weak',
      `SPF does not help ${fromDomain}: set a return_path in that domain, or rely on DKIM.`,
    );
  if (!/\s[-~]all(\s|$)|\sredirect=/i.test(record))
    return verdict('weak', 'It forbids nobody. End it with -all or ~all.');
  return good('spf', record);
}

/** RFC 6376 */
function judgeDkim(
  { fromDomain, dkim }: SenderIdentity,
  records: readonly string[] | null,
): SenderDomainCheck {
  if (!dkim)
    return say('dkim', null)(
      'weak',
      'This connection does not sign. Set dkim and dkim_private_key, unless your mail server signs by itself.',
    );
  if (!records) return notAsked('dkim');
  const name = `${dkim.selector}._domainkey.${dkim.domain}`;
  const record = records.find((one) => /(^|;)\s*p=/i.test(one));
  const verdict = say('dkim', record ?? null);
  const key = record && /(?:^|;)\s*p=([^;]*)/i.exec(record)?.[1]?.replace(/\s/g, '');
  const wanted = dkim.publicKey
    ? `v=DKIM1; k=rsa; p=${dkim.publicKey}`
    : 'the record that your provider shows';
  if (!record) return verdict('bad', `Add a TXT record ${name}: ${wanted}`);
  if (!key)
    return verdict('bad', `The key of ${name} was withdrawn (p= is empty). Publish a new one: ${wanted}`);
  if (dkim.publicKey && key !== dkim.publicKey)
    return verdict('bad', `${name} holds another key than the one we sign with. Publish: ${wanted}`);
  if (!aligned(fromDomain, dkim.domain))
    return verdict(
      'bad',
      `Mail from ${fromDomain} is signed for ${dkim.domain}. Sign for ${fromDomain}, or DMARC fails.`,
    );
  return good('dkim', record);
}

/** RFC 7489 */
function judgeDmarc({ fromDomain }: SenderIdentity, records: readonly string[] | null): SenderDomainCheck {
  if (!records) return notAsked('dmarc');
  const found = records.filter((record) => /^v=DMARC1\s*(;|$)/i.test(record));
  const [record] = found;
  const verdict = say('dmarc', record ?? null);
  if (!record)
    return verdict(
      'bad',
      `Add a TXT record _dmarc.${fromDomain}: v=DMARC1; p=none; rua=mailto:postmaster@${fromDomain}. When its reports show only your own mail, raise p.`,
    );
  if (found.length > 1)
    return verdict('bad', `There are several DMARC records. Keep one: more count as none.`);
  const policy = /;\s*p\s*=\s*(\w+)/i.exec(record)?.[1]?.toLowerCase();
  if (policy === 'quarantine' || policy === 'reject') return good('dmarc', record);
  if (policy === 'none')
    return verdict(
      'weak',
      'It only watches. When its reports show only your own mail, raise it to p=quarantine.',
    );
  return verdict('bad', 'It has no policy. Add p=none, p=quarantine or p=reject.');
}
